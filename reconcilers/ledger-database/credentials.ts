import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import type { KeyOutputs } from '../aws/kms/key-spec.ts';
import { Secret } from '../aws/secretsmanager/secret.ts';
import type { SecretOutputs } from '../aws/secretsmanager/secret-spec.ts';
import type { Network } from './network.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

export type CredentialsSecret = NodeHandle<SecretOutputs>;

/**
 * User name and password of the master user, and where the database is, in the form that AWS gives to such secrets:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html. Host and port
 * are added when the database has them.
 */
export function addCredentials(
  graph: Graph<Aws>,
  { credentials, databaseName, encryption }: LedgerDatabaseSpec,
  key: NodeHandle<KeyOutputs>,
  network: Network,
): CredentialsSecret {
  const { namespace, name } = graph.object;
  return graph.add(Secret, 'credentials', {
    name: credentials.secretName,
    description: `The master user of the database ${namespace}/${name}`,
    kmsKeyArn: key.ref('arn'),
    recoveryWindowDays: encryption.deletionWindowDays,
    rotateAfterDays: credentials.rotationDays,
    notOlderThan: credentials.notOlderThan,
    content: {
      kind: 'json',
      fixed: {
        username: credentials.username,
        engine: 'postgres',
        port: network.databasePort,
        dbname: databaseName,
      },
      generatedKey: 'password',
      length: 40,
      excludeCharacters: notInPasswords,
    },
    secretState: 'Active',
    // A stopped database takes no other password.
    age: graph.circumstances.isAsleep ? 'any' : 'current',
  });
}

/**
 * RDS takes no / ' " @ and spaces (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html);
 * of the others, those that mean something in URLs and shells, in which passwords end up.
 */
const notInPasswords = ' /\'"@\\%:?#[]{}<>^|`&;$';
