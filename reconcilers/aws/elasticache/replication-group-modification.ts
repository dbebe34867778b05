import type { ModifyReplicationGroupCommandInput } from '@aws-sdk/client-elasticache';
import { logDeliveryRequest } from './log-delivery.ts';
import { isUpgrade } from './maintenance.ts';
import type { ObservedReplicationGroup } from './replication-group-list.ts';
import type { ReplicationGroupSpec } from './replication-group-spec.ts';

type Modification = Partial<ModifyReplicationGroupCommandInput>;

/**
 * What AWS changes at once only when it is told to, and then with everything that waits for the maintenance window.
 * All other settings it has no way to keep for later: they are no members of
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroupPendingModifiedValues.html
 */
const AT_ONCE_IF_TOLD: ReadonlySet<string> = new Set([
  'authSecretVersion',
  'automaticFailover',
  'logDelivery',
  'multiAz',
  'parameterGroupName',
  'transitEncryption',
]);

/** What can be changed now without an interruption outside of the maintenance window, and what only after it. */
export function inTime(
  current: ObservedReplicationGroup,
  spec: ReplicationGroupSpec,
  changed: ReadonlySet<string>,
): { readonly now: ReadonlySet<string>; readonly later: readonly string[] } {
  if (mayApply(current, spec)) return { now: changed, later: [] };
  const later = [...changed].filter((field) => AT_ONCE_IF_TOLD.has(field));
  const now = new Set([...changed].filter((field) => !AT_ONCE_IF_TOLD.has(field)));
  // A parameter group of another family goes with the version that it is for.
  const isWithVersion = (field: string) => field === 'parameterGroupName' && isUpgrade(changed);
  return { now, later: later.filter((field) => !isWithVersion(field)) };
}

function mayApply(
  { outputs }: ObservedReplicationGroup,
  { applyImmediately }: ReplicationGroupSpec,
): boolean {
  return applyImmediately || outputs.pendingMaintenance.length === 0;
}

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
      isUpgrade(changed) ? {} : { CacheParameterGroupName: spec.parameterGroupName },
  };
  const modification: Modification = {};
  for (const field of changed) Object.assign(modification, parts[field]?.());
  return Object.keys(modification).length === 0
    ? undefined
    : { ...modification, ApplyImmediately: mayApply(current, spec) };
}

/**
 * A group whose snapshots were off has to be told which node they are taken of: one that is there. After a failover
 * `-001` may be a replica, and gone with fewer of them.
 */
function snapshottingCluster(
  { spec: actual, outputs }: ObservedReplicationGroup,
  spec: ReplicationGroupSpec,
): Modification {
  const areSwitchedOn = actual.snapshotRetentionDays === 0 && spec.snapshotRetentionDays > 0;
  return areSwitchedOn ? { SnapshottingClusterId: outputs.nodes[0] } : {};
}
