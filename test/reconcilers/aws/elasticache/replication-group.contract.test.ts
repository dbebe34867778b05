import {
  AddTagsToResourceCommand,
  DecreaseReplicaCountCommand,
  ModifyReplicationGroupCommand,
  type ModifyReplicationGroupCommandInput,
} from '@aws-sdk/client-elasticache';
import type { Observed } from '../../../../controller/engine/resource-type.ts';
import type {
  ReplicationGroupOutputs,
  ReplicationGroupSpec,
} from '../../../../reconcilers/aws/elasticache/replication-group-spec.ts';
import { ReplicationGroup } from '../../../../reconcilers/aws/elasticache/replication-group.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeSurroundings, removeAllTags, sampleCache } from './cache-samples.ts';

type ObservedCache = Observed<ReplicationGroupSpec, ReplicationGroupOutputs>;

describeResourceType(
  ReplicationGroup,
  async (aws): Promise<Fixture<ReplicationGroupSpec, ReplicationGroupOutputs>> => {
    const { elasticache } = aws;
    const surroundings = await makeSurroundings(aws);
    const modify =
      (changes: Partial<ModifyReplicationGroupCommandInput>) =>
      ({ id: ReplicationGroupId }: ObservedCache) =>
        elasticache.send(
          new ModifyReplicationGroupCommand({ ReplicationGroupId, ApplyImmediately: true, ...changes }),
        );
    const tag =
      (Key: string, Value: string) =>
      ({ outputs }: ObservedCache) =>
        elasticache.send(new AddTagsToResourceCommand({ ResourceName: outputs.arn, Tags: [{ Key, Value }] }));

    return {
      pending: true,
      spec: (number) => sampleCache(`contract-${number}`, surroundings),
      removeTags: ({ outputs }) => removeAllTags(aws, outputs.arn),
      fields: {
        name: 'immutable',
        port: 'immutable',
        subnetGroupName: 'immutable',
        atRestEncryption: 'immutable',
        kmsKeyArn: 'immutable',
        authSecretArn: 'own tests',
        authSecretVersion: 'own tests',
        engine: 'own tests',
        engineVersion: 'own tests',
        applyImmediately: 'own tests',
        description: {
          another: 'Something else',
          changeFromOutside: modify({ ReplicationGroupDescription: 'changed' }),
        },
        nodeType: {
          another: 'cache.m6g.large',
          changeFromOutside: modify({ CacheNodeType: 'cache.t3.small' }),
        },
        replicas: {
          given: { replicas: 2 },
          another: 3,
          changeFromOutside: ({ id: ReplicationGroupId }) =>
            elasticache.send(
              new DecreaseReplicaCountCommand({
                ReplicationGroupId,
                NewReplicaCount: 1,
                ApplyImmediately: true,
              }),
            ),
        },
        automaticFailover: {
          given: { multiAz: false },
          another: false,
          changeFromOutside: modify({ AutomaticFailoverEnabled: false }),
        },
        multiAz: { another: false, changeFromOutside: modify({ MultiAZEnabled: false }) },
        parameterGroupName: {
          another: 'other-parameters',
          changeFromOutside: modify({ CacheParameterGroupName: 'default.redis7' }),
        },
        securityGroupIds: {
          another: surroundings.securityGroupIds.toReversed(),
          changeFromOutside: modify({ SecurityGroupIds: [surroundings.securityGroupIds[1]] }),
        },
        transitEncryption: {
          another: 'preferred',
          changeFromOutside: modify({ TransitEncryptionEnabled: true, TransitEncryptionMode: 'preferred' }),
        },
        maintenanceWindow: {
          another: 'mon:05:00-mon:06:30',
          changeFromOutside: modify({ PreferredMaintenanceWindow: 'tue:05:00-tue:06:00' }),
        },
        snapshotWindow: {
          another: '01:00-02:00',
          changeFromOutside: modify({ SnapshotWindow: '00:00-01:00' }),
        },
        snapshotRetentionDays: { another: 0, changeFromOutside: modify({ SnapshotRetentionLimit: 0 }) },
        autoMinorVersionUpgrade: {
          another: false,
          changeFromOutside: modify({ AutoMinorVersionUpgrade: false }),
        },
        logDelivery: {
          another: {
            'slow-log': { destinationType: 'cloudwatch-logs', destination: 'slow-log', format: 'json' },
          },
          changeFromOutside: modify({
            LogDeliveryConfigurations: [
              {
                LogType: 'engine-log',
                DestinationType: 'kinesis-firehose',
                DestinationDetails: { KinesisFirehoseDetails: { DeliveryStream: 'logs' } },
                LogFormat: 'text',
              },
            ],
          }),
        },
        finalSnapshot: {
          another: true,
          changeFromOutside: tag('fintech.global/snapshot-before-deletion', 'true'),
        },
        authTokenOverlapSeconds: {
          another: 60,
          changeFromOutside: tag('fintech.global/auth-token-overlap-seconds', '0'),
        },
      },
    };
  },
  ['applyImmediately', 'authSecretVersion', 'engineVersion'],
);
