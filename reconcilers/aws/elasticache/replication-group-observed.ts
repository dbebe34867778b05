import type { CacheCluster, ReplicationGroup } from '@aws-sdk/client-elasticache';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import { authSecretVersionOf } from './auth-token-tag.ts';
import { engineOf } from './engine-upgrade.ts';
import { logDeliveryIn } from './log-delivery.ts';
import { waitingIn } from './maintenance.ts';
import type { ReplicationGroupSpec } from './replication-group-spec.ts';
import { settingsIn } from './replication-group-tags.ts';

/** What a group says where it does not say something yet, because its nodes are not there. */
const NOT_SHOWN = { text: '', number: 0 } as const;

/** What is not shown yet is no difference: most of it cannot be changed, and would mean replacement. */
export function sameIfShown<T extends string | number | undefined>(wanted: T, actual: T): boolean {
  return actual === NOT_SHOWN.text || actual === NOT_SHOWN.number || wanted === actual;
}

/** The settings of a group at a time. What waits for the maintenance window counts as done. */
export function specOf(
  group: ReplicationGroup,
  member: CacheCluster | undefined,
  tags: Tags,
  now: number,
): ReplicationGroupSpec {
  const settings = settingsIn(tags);
  const pending = member?.PendingModifiedValues;
  const port = group.NodeGroups?.[0]?.PrimaryEndpoint?.Port ?? NOT_SHOWN.number;
  return {
    name: group.ReplicationGroupId ?? '',
    description: group.Description ?? '',
    engine: engineOf(group, member) ?? NOT_SHOWN.text,
    engineVersion: pending?.EngineVersion ?? member?.EngineVersion ?? NOT_SHOWN.text,
    nodeType: pending?.CacheNodeType ?? group.CacheNodeType ?? '',
    replicas: (group.MemberClusters ?? []).length - 1,
    automaticFailover: group.AutomaticFailover === 'enabled' || group.AutomaticFailover === 'enabling',
    multiAz: group.MultiAZ === 'enabled',
    port,
    // Which one it will have after an upgrade, AWS does not tell before.
    parameterGroupName:
      pending?.EngineVersion === undefined
        ? (member?.CacheParameterGroup?.CacheParameterGroupName ?? NOT_SHOWN.text)
        : NOT_SHOWN.text,
    subnetGroupName: member?.CacheSubnetGroupName ?? NOT_SHOWN.text,
    securityGroupIds: (member?.SecurityGroups ?? []).map(({ SecurityGroupId = '' }) => SecurityGroupId),
    atRestEncryption: group.AtRestEncryptionEnabled === true,
    kmsKeyArn: group.KmsKeyId ?? (group.Status === 'creating' ? NOT_SHOWN.text : undefined),
    transitEncryption: transitEncryptionOf(group),
    maintenanceWindow: member?.PreferredMaintenanceWindow ?? '',
    snapshotWindow: group.SnapshotWindow ?? '',
    snapshotRetentionDays: group.SnapshotRetentionLimit ?? 0,
    autoMinorVersionUpgrade: (group.AutoMinorVersionUpgrade ?? member?.AutoMinorVersionUpgrade) === true,
    logDelivery: logDeliveryIn(group.LogDeliveryConfigurations),
    ...settings,
    authSecretArn: undefined,
    authSecretVersion: authSecretVersionOf(group, tags, settings.authTokenOverlapSeconds, now),
    applyImmediately: waitingIn(member).length === 0,
  };
}

/** A group from before the modes shows none, and requires it. */
function transitEncryptionOf(group: ReplicationGroup): ReplicationGroupSpec['transitEncryption'] {
  if (group.TransitEncryptionEnabled !== true) return 'disabled';
  return group.TransitEncryptionMode ?? 'required';
}
