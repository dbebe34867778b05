import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import type { ManifestSet } from '../../../controller/manifests/manifest.ts';
import { readingOf } from '../../product.ts';
import { contract } from './network.ts';

/** As many networks like that of the contract in one Environment, each in a CIDR of its own. */
export function manyNetworks(count: number, changes: JsonObject = {}): ManifestSet {
  const networks = Array.from({ length: count }, (_, index) => networkIn(index, changes));
  return readingOf(contract.environment, ...networks);
}

function networkIn(index: number, changes: JsonObject): JsonObject {
  const { spec } = contract.network;
  if (!isJsonObject(spec)) throw new Error('a manifest has a spec');
  const inTwoZones = (third: number): readonly string[] => [
    `10.${index}.${third}.0/24`,
    `10.${index}.${third + 1}.0/24`,
  ];
  return {
    ...contract.network,
    metadata: { name: `net-${index}`, namespace: 'production' },
    spec: {
      ...spec,
      cidr: `10.${index}.0.0/16`,
      subnets: { public: inTwoZones(1), app: inTwoZones(11), data: inTwoZones(21) },
      ...changes,
    },
  };
}
