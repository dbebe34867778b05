import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { ScalableTargetSpec } from '../../../../reconcilers/aws/autoscaling/scalable-target-spec.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';

export const utilization = {
  metric: 'DynamoDBReadCapacityUtilization',
  targetValue: 70,
  scaleInCooldown: 60,
  scaleOutCooldown: 30,
  disableScaleIn: false,
};

export function sampleTarget(table: string): ScalableTargetSpec {
  return {
    resourceId: `table/${table}`,
    dimension: 'dynamodb:table:ReadCapacityUnits',
    minCapacity: 5,
    maxCapacity: 100,
    suspended: { scaleIn: false, scaleOut: false, scheduled: false },
    policies: { reads: utilization },
  };
}

export async function makeTable({ dynamodb }: Aws, TableName: string): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
    }),
  );
}
