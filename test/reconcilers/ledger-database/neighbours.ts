import type { JsonObject } from '../../../controller/manifests/json.ts';
import { contract, smallNetwork } from './ledger.ts';
import { withSpec } from '../contract-manifest.ts';

/** A network that a ledger could be in instead. */
export const otherNetwork = {
  ...withSpec(smallNetwork, {
    cidr: '10.1.0.0/16',
    subnets: {
      public: ['10.1.1.0/24', '10.1.2.0/24'],
      app: ['10.1.11.0/24', '10.1.12.0/24'],
      data: ['10.1.21.0/24', '10.1.22.0/24'],
    },
  }),
  metadata: { name: 'other', namespace: 'production' },
};

export const otherNetworkKey = 'FintechNetwork/production/other';

/** A ledger with the same settings that one could be restored from. */
export function archiveOf(spec: JsonObject): JsonObject {
  const credentials = { username: 'fintechadmin', secretName: 'archive/db-credentials' };
  return {
    ...withSpec(contract.ledger, { ...spec, credentials, cache: undefined }),
    metadata: { name: 'archive', namespace: 'production' },
  };
}
