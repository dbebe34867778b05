import type { DBCluster } from '@aws-sdk/client-rds';

/** The instance that takes writes now; undefined while the cluster shows none, as during a failover. */
export function writerOf({ DBClusterMembers = [] }: DBCluster): string | undefined {
  return DBClusterMembers.find(({ IsClusterWriter }) => IsClusterWriter)?.DBInstanceIdentifier;
}
