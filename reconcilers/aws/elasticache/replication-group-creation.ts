import { CreateReplicationGroupCommand } from '@aws-sdk/client-elasticache';
import type { Creation, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { promote } from '../secretsmanager/secret-value.ts';
import { toSdkTags } from '../tags.ts';
import { arnOf } from './arn.ts';
import { authTokenTags } from './auth-token-tag.ts';
import { authSecretOf, readToken } from './auth-token.ts';
import { concealing } from '../concealed.ts';
import { logDeliveryRequest } from './log-delivery.ts';
import { createOnce } from './ownership.ts';
import type { ReplicationGroupSpec } from './replication-group-spec.ts';
import { settingTags } from './replication-group-tags.ts';
import { cacheTags } from './tags.ts';

export async function createReplicationGroup(
  aws: Aws,
  spec: ReplicationGroupSpec,
  creation: Creation,
): Promise<void> {
  const secret = authSecretOf(spec);
  const token = secret === undefined ? undefined : await readToken(aws, secret);
  // There is no client yet that could know an older version.
  if (secret !== undefined) await promote(aws, secret.arn, secret.version);
  const tags = {
    ...creation.tags,
    ...settingTags(spec),
    ...(secret === undefined ? {} : authTokenTags({ version: secret.version, step: 'SET' })),
  };
  const call = aws.elasticache.send(command(spec, tags, token));
  const arn = arnOf(aws, 'replicationgroup', spec.name);
  const isNew = await createOnce(aws, arn, creation, token === undefined ? call : concealing(token, call));
  if (isNew) cacheTags.remember(aws, arn, tags);
}

function command(
  spec: ReplicationGroupSpec,
  tags: Tags,
  AuthToken: string | undefined,
): CreateReplicationGroupCommand {
  const isEncryptedInTransit = spec.transitEncryption !== 'disabled';
  return new CreateReplicationGroupCommand({
    ReplicationGroupId: spec.name,
    ReplicationGroupDescription: spec.description,
    Engine: spec.engine,
    EngineVersion: spec.engineVersion,
    CacheNodeType: spec.nodeType,
    NumCacheClusters: spec.replicas + 1,
    AutomaticFailoverEnabled: spec.automaticFailover,
    MultiAZEnabled: spec.multiAz,
    Port: spec.port,
    CacheParameterGroupName: spec.parameterGroupName,
    CacheSubnetGroupName: spec.subnetGroupName,
    SecurityGroupIds: [...spec.securityGroupIds],
    AtRestEncryptionEnabled: spec.atRestEncryption,
    KmsKeyId: spec.kmsKeyArn,
    TransitEncryptionEnabled: isEncryptedInTransit,
    ...(spec.transitEncryption === 'preferred' ? { TransitEncryptionMode: 'preferred' } : {}),
    PreferredMaintenanceWindow: spec.maintenanceWindow,
    SnapshotWindow: spec.snapshotWindow,
    SnapshotRetentionLimit: spec.snapshotRetentionDays,
    AutoMinorVersionUpgrade: spec.autoMinorVersionUpgrade,
    LogDeliveryConfigurations: logDeliveryRequest(spec.logDelivery, {}),
    AuthToken,
    Tags: toSdkTags(tags),
  });
}
