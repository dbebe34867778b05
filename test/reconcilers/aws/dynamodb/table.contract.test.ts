import {
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { TableOutputs, TableSpec } from '../../../../reconcilers/aws/dynamodb/table-spec.ts';
import { Table } from '../../../../reconcilers/aws/dynamodb/table.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeKey } from '../logs/log-group-samples.ts';
import { byAccount, byUser, sampleTable } from './table-samples.ts';

describeResourceType(Table, async (aws): Promise<Fixture<TableSpec, TableOutputs>> => {
  const { dynamodb } = aws;
  const [key, otherKey] = [await makeKey(aws), await makeKey(aws)];
  const changes = (wanted: Omit<UpdateTableCommandInput, 'TableName'>) => ({
    changeFromOutside: ({ id }: { readonly id: string }) =>
      dynamodb.send(new UpdateTableCommand({ TableName: id, ...wanted })),
  });
  return {
    pending: true,
    completedByUpdate: ['timeToLive', 'recoveryPeriodDays'],
    spec: (number) => sampleTable(`contract-${number}`),

    async removeTags({ outputs: { arn: ResourceArn } }) {
      const { Tags = [] } = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }));
      const TagKeys = Tags.map(({ Key = '' }) => Key);
      await dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
    },

    fields: {
      restoreFrom: 'own tests',
      name: 'immutable',
      keys: 'immutable',
      localIndexes: 'immutable',
      globalIndexes: {
        another: { 'by-user': byUser, 'by-account': byAccount },
        ...changes({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-user' } }] }),
      },
      capacity: {
        another: {
          mode: 'PROVISIONED',
          table: { read: 5, write: 6 },
          indexes: { 'by-user': { read: 7, write: 8 } },
        },
        ...changes({
          BillingMode: 'PROVISIONED',
          ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
          GlobalSecondaryIndexUpdates: [
            {
              Update: {
                IndexName: 'by-user',
                ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
              },
            },
          ],
        }),
      },
      stream: {
        given: { stream: 'NEW_IMAGE' },
        another: 'NEW_AND_OLD_IMAGES',
        ...changes({ StreamSpecification: { StreamEnabled: false } }),
      },
      timeToLive: {
        another: 'expiresAt',
        changeFromOutside: ({ id }) =>
          dynamodb.send(
            new UpdateTimeToLiveCommand({
              TableName: id,
              TimeToLiveSpecification: { AttributeName: 'other', Enabled: true },
            }),
          ),
      },
      kmsKeyArn: {
        another: key,
        ...changes({ SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: otherKey } }),
      },
      recoveryPeriodDays: {
        another: 35,
        changeFromOutside: ({ id }) =>
          dynamodb.send(
            new UpdateContinuousBackupsCommand({
              TableName: id,
              PointInTimeRecoverySpecification: {
                PointInTimeRecoveryEnabled: true,
                RecoveryPeriodInDays: 7,
              },
            }),
          ),
      },
      deletionProtection: { another: true, ...changes({ DeletionProtectionEnabled: true }) },
      tableClass: {
        another: 'STANDARD_INFREQUENT_ACCESS',
        ...changes({ TableClass: 'STANDARD_INFREQUENT_ACCESS' }),
      },
      backupBeforeDeletion: {
        another: true,
        changeFromOutside: ({ outputs }) =>
          dynamodb.send(
            new TagResourceCommand({
              ResourceArn: outputs.arn,
              Tags: [{ Key: 'fintech.global/backup-before-deletion', Value: 'true' }],
            }),
          ),
      },
    },
  };
});
