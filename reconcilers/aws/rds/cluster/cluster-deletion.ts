import {
  CreateDBClusterSnapshotCommand,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  StartDBClusterCommand,
  type DBCluster,
  type DBClusterSnapshot,
} from '@aws-sdk/client-rds';
import { NotFound, NotReady, Terminal } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { protectionOf } from '../../deletion-protection.ts';
import { ifThere } from '../../if-there.ts';
import { toSdkTags } from '../../tags.ts';
import { isAutoscaled } from '../autoscaled.ts';
import { finalSnapshotName } from '../final-snapshot.ts';
import type { ObservedCluster } from './cluster-list.ts';
import { describeClusterSnapshot } from './cluster-snapshot.ts';
import { writeFinalSnapshot } from './cluster-update.ts';

/**
 * The cluster goes when a snapshot of it is there to be used, not before. Each attempt does what can be done, and says
 * what it waits for.
 */
export async function deleteCluster(aws: Aws, current: ObservedCluster): Promise<void> {
  const cluster = await describeCluster(aws, current.id);
  if (cluster === undefined || cluster.Status === 'deleting') return;
  const DBClusterIdentifier = current.id;
  const protection = protectionOf(cluster.DeletionProtection === true);
  if (protection !== undefined)
    throw new Terminal('DeletionBlocked', `(${DBClusterIdentifier}) ${protection}`);
  if (cluster.Status === 'stopped') {
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html
    await aws.rds.send(new StartDBClusterCommand({ DBClusterIdentifier }));
    throw new NotReady('is started first: AWS neither copies nor deletes a stopped cluster');
  }
  await removeAutoscaledReaders(aws, cluster);
  const snapshot = await finalSnapshot(aws, current);
  if (snapshot.Status !== 'available') throw waitFor(snapshot);
  await ifThere(aws.rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true })));
}

export async function describeCluster(
  { rds }: Aws,
  DBClusterIdentifier: string,
): Promise<DBCluster | undefined> {
  try {
    const { DBClusters: [cluster] = [] } = await rds.send(
      new DescribeDBClustersCommand({ DBClusterIdentifier }),
    );
    return cluster;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** They stay when the autoscaler is gone. */
async function removeAutoscaledReaders(aws: Aws, { DBClusterMembers = [] }: DBCluster): Promise<void> {
  const members = DBClusterMembers.map(({ DBInstanceIdentifier = '' }) => DBInstanceIdentifier);
  if (members.length === 0) return;
  if (members.every(isAutoscaled))
    for (const DBInstanceIdentifier of members)
      await ifThere(
        aws.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true })),
      );
  throw new NotReady(`still has the instances ${members.join(', ')}`);
}

/** Made if it is not there yet. That its name is kept before it is made is what makes all attempts mean the same one. */
async function finalSnapshot(aws: Aws, current: ObservedCluster): Promise<DBClusterSnapshot> {
  const name = current.spec.finalSnapshot || finalSnapshotName(current.id, new Date());
  await writeFinalSnapshot(aws, current, name);
  const found = await describeClusterSnapshot(aws, name);
  if (found !== undefined) return found;
  await aws.rds.send(
    new CreateDBClusterSnapshotCommand({
      DBClusterIdentifier: current.id,
      DBClusterSnapshotIdentifier: name,
      Tags: toSdkTags(current.tags ?? {}),
    }),
  );
  return (
    (await describeClusterSnapshot(aws, name)) ?? { DBClusterSnapshotIdentifier: name, Status: 'creating' }
  );
}

function waitFor(snapshot: DBClusterSnapshot): Error {
  const { DBClusterSnapshotIdentifier: name = '', Status = 'creating', PercentProgress = 0 } = snapshot;
  if (Status === 'creating' || Status === 'copying')
    return new NotReady(`waits for its final snapshot ${name} (${Status}, ${PercentProgress} %)`);
  return new Terminal(
    'DeletionBlocked',
    `has a final snapshot ${name} that is ${Status}: delete this snapshot, and another one is made`,
  );
}
