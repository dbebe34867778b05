import type { ModifyReplicationGroupCommandInput } from '@aws-sdk/client-elasticache';
import { logDeliveryRequest } from './log-delivery.ts';
import type { ObservedReplicationGroup } from './replication-group-list.ts';
import type { ReplicationGroupSpec } from './replication-group-spec.ts';

type Modification = Partial<ModifyReplicationGroupCommandInput>;

/** Everything that changes without an interruption, in one call. Undefined if nothing of it differs. */
export function modificationOf(
  current: ObservedReplicationGroup,
  spec: ReplicationGroupSpec,
  changed: ReadonlySet<string>,
): Modification | undefined {
  const parts: Readonly<Record<string, () => Modification>> = {
    description: () => ({ ReplicationGroupDescription: spec.description }),
    automaticFailover: () => ({ AutomaticFailoverEnabled: spec.automaticFailover }),
    multiAz: () => ({ MultiAZEnabled: spec.multiAz }),
    securityGroupIds: () => ({ SecurityGroupIds: [...spec.securityGroupIds] }),
    maintenanceWindow: () => ({ PreferredMaintenanceWindow: spec.maintenanceWindow }),
    snapshotWindow: () => ({ SnapshotWindow: spec.snapshotWindow }),
    snapshotRetentionDays: () => ({
      SnapshotRetentionLimit: spec.snapshotRetentionDays,
      ...snapshottingCluster(current, spec),
    }),
    autoMinorVersionUpgrade: () => ({ AutoMinorVersionUpgrade: spec.autoMinorVersionUpgrade }),
    logDelivery: () => ({
      LogDeliveryConfigurations: logDeliveryRequest(spec.logDelivery, current.spec.logDelivery),
    }),
    // One of another family comes with the version that it is for.
    parameterGroupName: () =>
      changed.has('engineVersion') ? {} : { CacheParameterGroupName: spec.parameterGroupName },
  };
  const modification: Modification = {};
  for (const field of changed) Object.assign(modification, parts[field]?.());
  return Object.keys(modification).length === 0 ? undefined : { ...modification, ApplyImmediately: true };
}

/**
 * A group whose snapshots were off has to be told which node they are taken of. The first one is always there:
 * nodes are called after the group.
 */
function snapshottingCluster(current: ObservedReplicationGroup, spec: ReplicationGroupSpec): Modification {
  const areSwitchedOn = current.spec.snapshotRetentionDays === 0 && spec.snapshotRetentionDays > 0;
  return areSwitchedOn ? { SnapshottingClusterId: `${current.id}-001` } : {};
}
