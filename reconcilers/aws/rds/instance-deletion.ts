import {
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  FailoverDBClusterCommand,
  StartDBClusterCommand,
  StartDBInstanceCommand,
  type DBCluster,
  type DBInstance,
} from '@aws-sdk/client-rds';
import { NotReady, Terminal } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { describeCluster } from './cluster-deletion.ts';
import { finalSnapshotName } from './final-snapshot.ts';
import type { ObservedInstance } from './instance-list.ts';

export async function deleteInstance(aws: Aws, current: ObservedInstance): Promise<void> {
  if (current.state === 'deleting') return;
  const { clusterIdentifier } = current.spec;
  if (clusterIdentifier === undefined) await deleteAlone(aws, current);
  else await deleteMember(aws, current.id, clusterIdentifier);
}

/**
 * Here AWS makes the snapshot: nothing is written between it and the deletion, and the instance is `deleting`, with
 * its data, until the snapshot is available.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
 */
async function deleteAlone({ rds }: Aws, { id, state, message, spec }: ObservedInstance): Promise<void> {
  const DBInstanceIdentifier = id;
  if (spec.deletionProtection === true)
    throw new Terminal(
      'DeletionBlocked',
      `(${id}) has deletion protection: set deletionProtection to false first, and delete it then`,
    );
  if (state === 'failed')
    throw new Terminal(
      'DeletionBlocked',
      `(${id}) ${message ?? 'failed'}, and AWS makes no final snapshot of it: delete it by hand if its data may go`,
    );
  if (spec.running === false) {
    await ifThere(rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier })));
    throw new NotReady('is started first: AWS makes no final snapshot of a stopped instance');
  }
  const FinalDBSnapshotIdentifier = finalSnapshotName(id, new Date());
  await ifThere(rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, FinalDBSnapshotIdentifier })));
}

/** The data is the cluster's. What must not happen is that an instance goes that writes while another could. */
async function deleteMember(aws: Aws, id: string, clusterIdentifier: string): Promise<void> {
  const cluster = await describeCluster(aws, clusterIdentifier);
  if (cluster !== undefined) {
    await makeSureItRuns(aws, cluster);
    await makeSureItIsNotNeeded(aws, id, cluster);
  }
  await ifThere(
    aws.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: id, SkipFinalSnapshot: true })),
  );
}

async function makeSureItRuns({ rds }: Aws, { DBClusterIdentifier, Status = '' }: DBCluster): Promise<void> {
  if (Status === 'stopped') await rds.send(new StartDBClusterCommand({ DBClusterIdentifier }));
  if (Status === 'stopped' || Status === 'stopping' || Status === 'starting')
    throw new NotReady(
      `waits for its cluster, which is ${Status}: AWS deletes no instances of a stopped one`,
    );
}

async function makeSureItIsNotNeeded(aws: Aws, id: string, cluster: DBCluster): Promise<void> {
  const { DBClusterIdentifier = '', DBClusterMembers = [] } = cluster;
  const present = await instancesOf(aws, DBClusterIdentifier);
  const staying = new Set(
    present
      .filter(({ DBInstanceStatus }) => DBInstanceStatus !== 'deleting')
      .map(({ DBInstanceIdentifier }) => DBInstanceIdentifier),
  );
  if (!staying.has(id)) return;
  const others = DBClusterMembers.filter(
    ({ DBInstanceIdentifier }) => DBInstanceIdentifier !== id && staying.has(DBInstanceIdentifier),
  );
  // AWS protects the data only, and would let the cluster be without an instance.
  if (others.length === 0 && cluster.DeletionProtection === true)
    throw new Terminal(
      'DeletionBlocked',
      `(${id}) is the last instance of ${DBClusterIdentifier}, which has deletion protection: ` +
        'set deletionProtection to false first, and delete it then',
    );
  const isWriter = DBClusterMembers.some(
    (member) => member.DBInstanceIdentifier === id && member.IsClusterWriter === true,
  );
  const [successor] = others.toSorted(
    (one, other) => (one.PromotionTier ?? 15) - (other.PromotionTier ?? 15),
  );
  if (!isWriter || successor === undefined) return;
  const TargetDBInstanceIdentifier = successor.DBInstanceIdentifier ?? '';
  await aws.rds.send(new FailoverDBClusterCommand({ DBClusterIdentifier, TargetDBInstanceIdentifier }));
  throw new NotReady(`is the writer: waits until ${TargetDBInstanceIdentifier} has taken over`);
}

async function instancesOf({ rds }: Aws, clusterIdentifier: string): Promise<readonly DBInstance[]> {
  const Filters = [{ Name: 'db-cluster-id', Values: [clusterIdentifier] }];
  // A cluster has at most 16 instances: they are on one page.
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({ Filters }));
  return DBInstances;
}
