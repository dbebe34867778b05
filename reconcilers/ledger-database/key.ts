import type { Graph, NodeHandle, Place } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { accountKeyPolicy, accountRoot, viaService } from '../aws/kms/account-key-policy.ts';
import { Key } from '../aws/kms/key.ts';
import type { KeyOutputs } from '../aws/kms/key-spec.ts';
import type { PolicyDocument, PolicyStatement } from '../aws/policy-document.ts';
import { alarmsUseKey } from '../aws/sns/topic-policy.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

/** Those that keep data under the key and read it later, when nobody calls: they work with grants. */
const storage = ['rds', 'elasticache', 'dynamodb'];

/** Services that use the database keep their secrets and alarms under the key too. */
const ofServices = ['secretsmanager', 'sns'];

/** Encrypts all that the object has. It stays when the object goes: its last snapshots and backups need it. */
export function addKey(graph: Graph<Aws>, { encryption }: LedgerDatabaseSpec): NodeHandle<KeyOutputs> {
  const { namespace, name } = graph.object;
  const { keyRotation, rotationPeriodDays, deletionWindowDays } = encryption;
  return graph.add(
    Key,
    'key',
    {
      alias: `alias/${graph.nameOf('key')}`,
      description: `Encrypts the databases of ${namespace}/${name}`,
      policy: ledgerKeyPolicy(graph.place),
      rotation: keyRotation ? { enabled: true, periodDays: rotationPeriodDays } : { enabled: false },
      keyState: 'Enabled',
      deletionWindowDays,
      keySpec: 'SYMMETRIC_DEFAULT',
      keyUsage: 'ENCRYPT_DECRYPT',
      multiRegion: false,
    },
    { outlivesObject: true },
  );
}

function ledgerKeyPolicy(place: Place): PolicyDocument {
  return accountKeyPolicy(place, [...storage, ...ofServices], grants(place), alarmsUseKey(place));
}

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html and
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html: a grant is made for
 * the service, with what the caller may do, and only for a resource of AWS.
 */
function grants(place: Place): PolicyStatement {
  return {
    Sid: 'ServicesKeepUsingKey',
    Effect: 'Allow',
    Principal: accountRoot(place),
    Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
    Resource: '*',
    Condition: {
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
      StringEquals: {
        'kms:CallerAccount': place.account,
        'kms:ViaService': storage.map((service) => viaService(service, place.region)),
      },
    },
  };
}
