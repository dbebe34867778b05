import { DescribeDBClusterSnapshotsCommand, type DBClusterSnapshot } from '@aws-sdk/client-rds';
import { NotFound } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';

/** By name, or by the ARN of one that another account shares. */
export async function describeClusterSnapshot(
  { rds }: Aws,
  DBClusterSnapshotIdentifier: string,
): Promise<DBClusterSnapshot | undefined> {
  const IncludeShared = DBClusterSnapshotIdentifier.startsWith('arn:') || undefined;
  const SnapshotType = typeOf(DBClusterSnapshotIdentifier);
  try {
    const { DBClusterSnapshots: [snapshot] = [] } = await rds.send(
      new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier, SnapshotType, IncludeShared }),
    );
    return snapshot;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/**
 * Those that people make need none, all others are found with their type only. Their names begin so:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshots.html
 */
function typeOf(name: string): string | undefined {
  if (name.startsWith('rds:')) return 'automated';
  return name.startsWith('awsbackup:') ? 'awsbackup' : undefined;
}
