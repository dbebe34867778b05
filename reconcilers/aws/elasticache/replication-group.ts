import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { sameUnordered } from '../same.ts';
import { arnOf } from './arn.ts';
import { isIntroduction } from './auth-token-tag.ts';
import { engineUpgrade, isEngineChangedInPlace, sameEngine } from './engine-upgrade.ts';
import { coversVersion, majorUpgrade } from './engine-version.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { interruptionOf } from './maintenance.ts';
import { createReplicationGroup } from './replication-group-creation.ts';
import { deleteReplicationGroup } from './replication-group-deletion.ts';
import { listReplicationGroups } from './replication-group-list.ts';
import { sameIfShown } from './replication-group-observed.ts';
import type { ReplicationGroupOutputs, ReplicationGroupSpec } from './replication-group-spec.ts';
import { isOwnTag } from './replication-group-tags.ts';
import { updateReplicationGroup } from './replication-group-update.ts';
import { changeTags } from './tags.ts';

/** A cache of Redis OSS or Valkey, cluster mode off: a primary node and its replicas. */
export const ReplicationGroup: ResourceType<ReplicationGroupSpec, ReplicationGroupOutputs, Aws> = {
  name: 'elasticache/replication-group',
  fields: {
    name: { severity: 'availability', immutable: true },
    description: { severity: 'cosmetic' },
    engine: {
      severity: 'availability',
      immutable: true,
      changesInPlace: isEngineChangedInPlace,
      equals: sameEngine,
      refusal: engineUpgrade,
      togetherWith: 'parameterGroupName',
    },
    engineVersion: {
      severity: 'security',
      equals: coversVersion,
      refusal: majorUpgrade,
      togetherWith: 'parameterGroupName',
    },
    nodeType: { severity: 'cost' },
    replicas: { severity: 'availability' },
    automaticFailover: { severity: 'availability' },
    multiAz: { severity: 'availability' },
    port: { severity: 'availability', immutable: true, equals: sameIfShown },
    parameterGroupName: { severity: 'availability', equals: sameIfShown },
    subnetGroupName: { severity: 'availability', immutable: true, equals: sameIfShown },
    securityGroupIds: { severity: 'security', equals: sameUnordered },
    atRestEncryption: { severity: 'security', immutable: true },
    kmsKeyArn: { severity: 'security', immutable: true, equals: sameIfShown },
    transitEncryption: { severity: 'security' },
    maintenanceWindow: { severity: 'availability', equals: sameWithoutCase },
    snapshotWindow: { severity: 'availability' },
    snapshotRetentionDays: { severity: 'availability' },
    autoMinorVersionUpgrade: { severity: 'security' },
    logDelivery: { severity: 'security' },
    finalSnapshot: { severity: 'availability' },
    authSecretArn: { severity: 'security', createOnly: true },
    authSecretVersion: { severity: 'security', isExpected: isIntroduction },
    authTokenOverlapSeconds: { severity: 'availability' },
    applyImmediately: { severity: 'availability', equals: (wanted, actual) => !wanted || actual },
  },
  absence: 'availability',
  holdsData: true,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listReplicationGroups,

  async create(aws, spec, creation) {
    await createReplicationGroup(aws, spec, creation);
    // It takes minutes until it can be used.
    return { id: spec.name };
  },

  update: updateReplicationGroup,
  interruptionOf,
  delete: deleteReplicationGroup,

  async setTags(aws, { id }, tags) {
    await changeTags(aws, arnOf(aws, 'replicationgroup', id), tags, (key) => !isOwnTag(key));
  },
};

/** ElastiCache shows the days of the week in lower case. */
function sameWithoutCase(wanted: string, actual: string): boolean {
  return wanted.toLowerCase() === actual.toLowerCase();
}
