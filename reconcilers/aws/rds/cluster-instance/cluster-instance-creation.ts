import { CreateDBInstanceCommand, type DBCluster } from '@aws-sdk/client-rds';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Tags } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { describeClusters, describeInstances } from '../descriptions.ts';
import { isUpgradePending } from '../group-of-upgrade.ts';
import { creationOf } from '../instance/instance-creation.ts';
import { isRunning } from '../status.ts';
import { writerOf } from '../writer.ts';
import type { ClusterInstanceSpec } from './cluster-instance-spec.ts';

export async function startCreation(aws: Aws, spec: ClusterInstanceSpec, tags: Tags): Promise<void> {
  const { clusterIdentifier } = spec;
  const clusters = await describeClusters(aws);
  const cluster = clusters.find(({ DBClusterIdentifier }) => DBClusterIdentifier === clusterIdentifier);
  if (cluster !== undefined && !isRunning(cluster.Status))
    throw new NotReady(
      `waits for its cluster, which is ${cluster.Status}: AWS makes no instances in a stopped one`,
    );
  await aws.rds.send(
    new CreateDBInstanceCommand({
      ...creationOf(spec, tags),
      ...(cluster !== undefined && isUpgradePending(cluster) && (await groupOfOthers(aws, cluster))),
      DBClusterIdentifier: clusterIdentifier,
      PromotionTier: spec.promotionTier,
    }),
  );
}

/**
 * A group for the next major version fits no instance before the upgrade, which brings it to all of them. Until then
 * the new one has that of the writer; without a writer the one that AWS gives it.
 */
async function groupOfOthers(aws: Aws, cluster: DBCluster) {
  const writer = writerOf(cluster);
  const instances = await describeInstances(aws);
  const found = instances.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === writer);
  return { DBParameterGroupName: found?.DBParameterGroups?.[0]?.DBParameterGroupName };
}
