import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Input } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import { accountKeyPolicy } from '../aws/kms/account-key-policy.ts';
import { Key } from '../aws/kms/key.ts';
import type { KeyOutputs } from '../aws/kms/key-spec.ts';
import { alarmsUseKey } from '../aws/sns/topic-policy.ts';
import type { Database } from './database.ts';
import type { ApiServiceSpec } from './spec.ts';

/** What the secrets and the topic of the service are under: the key of its database, or else one of its own. */
export function keyOf(
  graph: Graph<Aws>,
  { secrets, alarms }: ApiServiceSpec,
  database: Database | undefined,
): Input<string> | undefined {
  if (database !== undefined) return database.keyArn;
  return secrets.length > 0 || alarms.notify === undefined ? addKey(graph).ref('arn') : undefined;
}

function addKey(graph: Graph<Aws>): NodeHandle<KeyOutputs> {
  const { namespace, name } = graph.object;
  return graph.add(Key, 'key', {
    alias: `alias/${graph.nameOf('key')}`,
    description: `Encrypts the secrets and alarms of ${namespace}/${name}`,
    policy: accountKeyPolicy(graph.place, ['secretsmanager', 'sns'], alarmsUseKey(graph.place)),
    rotation: { enabled: true, periodDays: 365 },
    keyState: 'Enabled',
    deletionWindowDays: 30,
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    multiRegion: false,
  });
}
