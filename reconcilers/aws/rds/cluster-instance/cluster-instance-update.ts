import { ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Change, Interruption } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { describeCluster } from '../cluster/cluster-deletion.ts';
import { isUpgradePending } from '../group-of-upgrade.ts';
import { modificationsOfSettings, nextModification } from '../instance/instance-modification.ts';
import { fieldsThatWait } from '../instance/instance-waiting.ts';
import type { ObservedClusterInstance } from './cluster-instance-list.ts';
import type { ClusterInstanceSpec } from './cluster-instance-spec.ts';

export async function writeClusterInstance(
  aws: Aws,
  current: ObservedClusterInstance,
  spec: ClusterInstanceSpec,
  changes: readonly Change[],
): Promise<void> {
  if (!current.outputs.isRunning)
    throw new NotReady('waits to be changed until its cluster runs: AWS changes nothing of a stopped one');
  const possible = await withoutUpgrade(aws, spec, changes);
  const all = {
    ...modificationsOfSettings(spec, current.spec),
    promotionTier: () => ({ PromotionTier: spec.promotionTier }),
  };
  const modification = nextModification(all, possible, {
    applyImmediately: spec.applyImmediately,
    waitsForMaintenance: current.outputs.waitsForMaintenance,
    interruptionOf: (change) => interruptionOfMember(current, change),
  });
  const DBInstanceIdentifier = current.id;
  if (modification !== undefined)
    await aws.rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, ...modification }));
  if (possible.length < changes.length)
    throw new NotReady('gets its parameter group with the upgrade of its cluster, which it waits for');
}

/** A group that fits the next version comes with it, and fits no instance before. */
async function withoutUpgrade(
  aws: Aws,
  { clusterIdentifier }: ClusterInstanceSpec,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const others = changes.filter(({ field }) => field !== 'parameterGroupName');
  if (others.length === changes.length) return changes;
  const cluster = await describeCluster(aws, clusterIdentifier);
  const isUpgraded = cluster?.Status === 'upgrading' || (cluster !== undefined && isUpgradePending(cluster));
  return isUpgraded ? others : changes;
}

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html#Aurora.Modifying.Settings.
 * Certificates are rotated without a restart in some versions of the engine only: the worst is announced.
 */
export function interruptionOfMember({ outputs }: ObservedClusterInstance, { field }: Change): Interruption {
  const changed = field === 'applyImmediately' ? fieldsThatWait(outputs.waitsForMaintenance) : [field];
  if (changed.includes('caCertificate')) return 'restart';
  if (!changed.includes('instanceClass')) return 'none';
  return outputs.role === 'writer' && outputs.hasSuccessor ? 'failover' : 'restart';
}
