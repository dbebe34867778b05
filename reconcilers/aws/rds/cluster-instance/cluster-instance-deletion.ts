import {
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  FailoverDBClusterCommand,
  StartDBClusterCommand,
  type DBCluster,
  type DBInstance,
} from '@aws-sdk/client-rds';
import { NotReady, Terminal } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { ifThere } from '../../if-there.ts';
import { isAutoscaled } from '../autoscaled.ts';
import { describeCluster } from '../cluster/cluster-deletion.ts';
import type { ObservedClusterInstance } from './cluster-instance-list.ts';

/** The data is the cluster's. What must not happen is that an instance goes that writes while another could. */
export async function deleteClusterInstance(
  aws: Aws,
  current: ObservedClusterInstance,
  together: readonly ObservedClusterInstance[] = [current],
): Promise<void> {
  if (current.state === 'deleting') return;
  const cluster = await describeCluster(aws, current.spec.clusterIdentifier);
  if (cluster !== undefined) {
    const present = await presentIn(aws, current.spec.clusterIdentifier);
    const going = new Set(together.map(({ id }) => id));
    const others = present.filter(({ DBInstanceIdentifier = '' }) => !going.has(DBInstanceIdentifier));
    await makeSureItRuns(aws, cluster, others);
    const isPresent = present.some(({ DBInstanceIdentifier }) => DBInstanceIdentifier === current.id);
    if (isPresent) await makeSureItIsNotNeeded(aws, current, cluster, others);
  }
  const DBInstanceIdentifier = current.id;
  await ifThere(aws.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true })));
}

/** A cluster that keeps instances sleeps on: it would be started only to be stopped again, and that all night. */
async function makeSureItRuns(
  { rds }: Aws,
  { DBClusterIdentifier, Status = '' }: DBCluster,
  others: readonly DBInstance[],
): Promise<void> {
  const isGoing = others.every(({ DBInstanceIdentifier = '' }) => isAutoscaled(DBInstanceIdentifier));
  if (Status === 'stopped' && isGoing) await rds.send(new StartDBClusterCommand({ DBClusterIdentifier }));
  if (Status === 'stopped' || Status === 'stopping' || Status === 'starting')
    throw new NotReady(
      `waits for its cluster, which is ${Status}: AWS deletes no instances of a stopped one`,
    );
}

async function makeSureItIsNotNeeded(
  aws: Aws,
  { id, state }: ObservedClusterInstance,
  cluster: DBCluster,
  others: readonly DBInstance[],
): Promise<void> {
  const { DBClusterIdentifier = '', DBClusterMembers = [] } = cluster;
  // AWS protects the data only, and would let the cluster be without an instance. One that failed serves nobody.
  if (others.length === 0 && cluster.DeletionProtection === true && state !== 'failed')
    throw new Terminal(
      'DeletionBlocked',
      `(${id}) is the last instance of ${DBClusterIdentifier}, which has deletion protection: ` +
        'set deletionProtection to false first, and delete it then',
    );
  const isWriter = DBClusterMembers.some(
    (member) => member.DBInstanceIdentifier === id && member.IsClusterWriter === true,
  );
  if (isWriter && others.length > 0) await handOver(aws, DBClusterIdentifier, others);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_FailoverDBCluster.html */
async function handOver({ rds }: Aws, DBClusterIdentifier: string, others: readonly DBInstance[]) {
  const [successor] = others
    .filter(({ DBInstanceStatus }) => DBInstanceStatus === 'available')
    .toSorted((one, other) => (one.PromotionTier ?? 15) - (other.PromotionTier ?? 15));
  if (successor === undefined)
    throw new NotReady('is the writer: waits until another instance of the cluster can take over');
  const TargetDBInstanceIdentifier = successor.DBInstanceIdentifier ?? '';
  await rds.send(new FailoverDBClusterCommand({ DBClusterIdentifier, TargetDBInstanceIdentifier }));
  throw new NotReady(`is the writer: waits until ${TargetDBInstanceIdentifier} has taken over`);
}

/** Instances of the cluster that are not on their way out. */
async function presentIn({ rds }: Aws, clusterIdentifier: string): Promise<readonly DBInstance[]> {
  const Filters = [{ Name: 'db-cluster-id', Values: [clusterIdentifier] }];
  // A cluster has at most 16 instances: they are on one page.
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({ Filters }));
  return DBInstances.filter(({ DBInstanceStatus }) => DBInstanceStatus !== 'deleting');
}
