import type { DBCluster, DBClusterMember, DBInstance } from '@aws-sdk/client-rds';
import type { Observed, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { describeClusters } from '../descriptions.ts';
import { COMES_WITH_UPGRADE, isUpgradePending } from '../group-of-upgrade.ts';
import { factsOf, settingsOf } from '../instance/instance-description.ts';
import { findInstances, type OwnedInstance } from '../instance/instance-search.ts';
import { isRunning, stateOf } from '../status.ts';
import { writerOf } from '../writer.ts';
import type { ClusterInstanceOutputs, ClusterInstanceSpec } from './cluster-instance-spec.ts';

export type ObservedClusterInstance = Observed<ClusterInstanceSpec, ClusterInstanceOutputs>;

/** AWS's default for those of which it shows none: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html */
const DEFAULT_PROMOTION_TIER = 1;

/** Who is the writer only the cluster says. Its description is asked for at once, so that others share it. */
export async function listClusterInstances(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedClusterInstance[]> {
  const [found, clusters] = await Promise.all([
    findInstances(aws, queries, 'members'),
    describeClusters(aws),
  ]);
  return found.map((one) => observed(one, clusters));
}

function observed(
  { instance, claim, tags }: OwnedInstance,
  clusters: readonly DBCluster[],
): ObservedClusterInstance {
  const id = instance.DBInstanceIdentifier ?? '';
  const clusterIdentifier = instance.DBClusterIdentifier ?? '';
  const cluster = clusters.find(({ DBClusterIdentifier }) => DBClusterIdentifier === clusterIdentifier);
  const members = cluster?.DBClusterMembers ?? [];
  const facts = factsOf(instance);
  return {
    ...claim,
    ...stateIn(instance, cluster),
    id,
    tags,
    spec: {
      ...settingsOf(instance),
      ...(cluster !== undefined && isUpgradePending(cluster) && { parameterGroupName: COMES_WITH_UPGRADE }),
      clusterIdentifier,
      promotionTier: instance.PromotionTier ?? DEFAULT_PROMOTION_TIER,
    },
    outputs: {
      ...facts,
      needsReboot: facts.needsReboot || waitsForReboot(members, id),
      role: cluster !== undefined && writerOf(cluster) === id ? 'writer' : 'reader',
      hasSuccessor: members.length > 1,
    },
  };
}

/**
 * Whether a parameter of the cluster waits for the reboot of a member. Of that the member itself says nothing:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBClusterMember.html
 */
function waitsForReboot(members: readonly DBClusterMember[], id: string): boolean {
  return members.some(
    ({ DBInstanceIdentifier, DBClusterParameterGroupStatus: status }) =>
      DBInstanceIdentifier === id && status === 'pending-reboot',
  );
}

/** Members are not ready before the cluster shows which of them writes, which others are told; unless it is stopped. */
function stateIn(
  { DBInstanceStatus: status }: DBInstance,
  cluster: DBCluster | undefined,
): Pick<ObservedClusterInstance, 'state' | 'message'> {
  const state = stateOf(status);
  if (state.state !== 'ready' || !isRunning(status)) return state;
  return cluster === undefined || writerOf(cluster) !== undefined
    ? state
    : { state: 'pending', message: 'waits until its cluster shows which instance writes' };
}
