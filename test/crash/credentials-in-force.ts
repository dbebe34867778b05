import { DescribeReplicationGroupsCommand } from '@aws-sdk/client-elasticache';
import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import { GetSecretValueCommand, ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { isFields } from '../../controller/engine/resource-type.ts';
import type { Clients } from '../clients.ts';
import type { EmulatorControls } from '../emulator/emulator-api.ts';

/**
 * By cluster and cache, which secrets let clients in with the value that is in force: the passwords themselves differ
 * from run to run.
 */
export async function credentialsInForce(
  clients: Clients,
  emulator: EmulatorControls,
): Promise<Readonly<Record<string, string>>> {
  const [secrets, clusters, caches] = await Promise.all([
    valuesInForce(clients),
    clients.rds.send(new DescribeDBClustersCommand({})),
    clients.elasticache.send(new DescribeReplicationGroupsCommand({})),
  ]);
  const secretOf = (credential: string): string => secrets.get(credential) ?? 'a credential of no secret';
  const ofClusters = (clusters.DBClusters ?? []).map(async ({ DBClusterIdentifier: id = '' }) => {
    const { password } = await emulator.revealDatabase('cluster', id);
    return [`cluster ${id}`, secretOf(password)] as const;
  });
  const ofCaches = (caches.ReplicationGroups ?? []).map(async ({ ReplicationGroupId: id = '' }) => {
    const tokens = await emulator.revealTokens(id);
    return [`cache ${id}`, tokens.map(secretOf).join(' and ')] as const;
  });
  return Object.fromEntries(await Promise.all([...ofClusters, ...ofCaches]));
}

/** Names of secrets, by the password or token that the version with AWSCURRENT holds. */
async function valuesInForce({ secrets }: Clients): Promise<ReadonlyMap<string, string>> {
  const { SecretList = [] } = await secrets.send(new ListSecretsCommand({}));
  const values = await Promise.all(
    SecretList.map(async ({ Name = '', ARN: SecretId }) => {
      const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      return [credentialIn(SecretString), Name] as const;
    }),
  );
  return new Map(values);
}

function credentialIn(text: string): string {
  if (!text.startsWith('{')) return text;
  const parts: unknown = JSON.parse(text);
  return isFields(parts) ? String(parts['password']) : '';
}
