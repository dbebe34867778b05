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
    await makeSureItRuns(aws, cluster);
    await makeSureItIsNotNeeded(aws, current, cluster, new Set(together.map(({ id }) => id)));
  }
  const DBInstanceIdentifier = current.id;
  await ifThere(aws.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true })));
}

async function makeSureItRuns({ rds }: Aws, { DBClusterIdentifier, Status = '' }: DBCluster): Promise<void> {
  if (Status === 'stopped') await rds.send(new StartDBClusterCommand({ DBClusterIdentifier }));
  if (Status === 'stopped' || Status === 'stopping' || Status === 'starting')
    throw new NotReady(
      `waits for its cluster, which is ${Status}: AWS deletes no instances of a stopped one`,
    );
}

async function makeSureItIsNotNeeded(
  aws: Aws,
  { id, state }: ObservedClusterInstance,
  cluster: DBCluster,
  going: ReadonlySet<string>,
): Promise<void> {
  const { DBClusterIdentifier = '', DBClusterMembers = [] } = cluster;
  const present = await instancesOf(aws, DBClusterIdentifier);
  const staying = present.filter(({ DBInstanceStatus }) => DBInstanceStatus !== 'deleting');
  if (!staying.some(({ DBInstanceIdentifier }) => DBInstanceIdentifier === id)) return;
  const others = staying.filter(({ DBInstanceIdentifier = '' }) => !going.has(DBInstanceIdentifier));
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

async function instancesOf({ rds }: Aws, clusterIdentifier: string): Promise<readonly DBInstance[]> {
  const Filters = [{ Name: 'db-cluster-id', Values: [clusterIdentifier] }];
  // A cluster has at most 16 instances: they are on one page.
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({ Filters }));
  return DBInstances;
}
