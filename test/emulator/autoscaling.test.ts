import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  ListTagsForResourceCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let autoscaling: ApplicationAutoScalingClient;
let dynamodb: DynamoDBClient;
let iam: IAMClient;
let tagging: ResourceGroupsTaggingAPIClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  autoscaling = new ApplicationAutoScalingClient(options);
  dynamodb = new DynamoDBClient(options);
  iam = new IAMClient(options);
  tagging = new ResourceGroupsTaggingAPIClient(options);
}, 300_000);

beforeEach(async () => {
  await emulator.reset();
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'sessions',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
    }),
  );
});

afterAll(() => emulator.stop());

const target = {
  ServiceNamespace: 'dynamodb',
  ResourceId: 'table/sessions',
  ScalableDimension: 'dynamodb:table:ReadCapacityUnits',
} as const;

const register = (more = {}) =>
  autoscaling.send(
    new RegisterScalableTargetCommand({ ...target, MinCapacity: 5, MaxCapacity: 50, ...more }),
  );

const putPolicy = (PolicyName: string) =>
  autoscaling.send(
    new PutScalingPolicyCommand({
      ...target,
      PolicyName,
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 70,
        PredefinedMetricSpecification: { PredefinedMetricType: 'DynamoDBReadCapacityUtilization' },
      },
    }),
  );

test('A target has tags, a role of its service, and nothing suspended', async () => {
  const { ScalableTargetARN: ResourceARN } = await register({ Tags: { owner: 'payments' } });
  const { ScalableTargets } = await autoscaling.send(
    new DescribeScalableTargetsCommand({ ServiceNamespace: 'dynamodb' }),
  );
  const RoleName = 'AWSServiceRoleForApplicationAutoScaling_DynamoDBTable';
  expect(ScalableTargets).toMatchObject([
    { RoleARN: expect.stringContaining(RoleName), SuspendedState: { DynamicScalingInSuspended: false } },
  ]);
  expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.Arn).toBe(ScalableTargets?.[0]?.RoleARN);

  await autoscaling.send(new TagResourceCommand({ ResourceARN, Tags: { node: 'reads' } }));
  await autoscaling.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['none'] }));
  const { Tags } = await autoscaling.send(new ListTagsForResourceCommand({ ResourceARN }));
  expect(Tags).toEqual({ owner: 'payments', node: 'reads' });
  const { ResourceTagMappingList } = await tagging.send(
    new GetResourcesCommand({
      ResourceTypeFilters: ['application-autoscaling:scalable-target'],
      TagFilters: [{ Key: 'owner', Values: ['payments'] }],
    }),
  );
  expect(ResourceTagMappingList).toMatchObject([{ ResourceARN }]);
});

test('What is registered again keeps what is not given', async () => {
  await register({ SuspendedState: { DynamicScalingInSuspended: true } });
  await autoscaling.send(new RegisterScalableTargetCommand({ ...target, MaxCapacity: 60 }));
  const { ScalableTargets } = await autoscaling.send(
    new DescribeScalableTargetsCommand({ ServiceNamespace: 'dynamodb' }),
  );
  expect(ScalableTargets).toMatchObject([
    { MinCapacity: 5, MaxCapacity: 60, SuspendedState: { DynamicScalingInSuspended: true } },
  ]);
});

test('What does not exist, or makes no sense, is refused', async () => {
  const invalid = { name: 'ValidationException' };
  await expect(register({ ResourceId: 'table/missing' })).rejects.toMatchObject(invalid);
  await expect(register({ MinCapacity: 51 })).rejects.toMatchObject(invalid);
  await expect(autoscaling.send(new RegisterScalableTargetCommand(target))).rejects.toMatchObject(invalid);
  const missing = { name: 'ObjectNotFoundException' };
  await expect(putPolicy('reads')).rejects.toMatchObject(missing);
  await expect(autoscaling.send(new DeregisterScalableTargetCommand(target))).rejects.toMatchObject(missing);
  await register();
  const removal = new DeleteScalingPolicyCommand({ ...target, PolicyName: 'reads' });
  await expect(autoscaling.send(removal)).rejects.toMatchObject(missing);
});

test('Policies come in pages of ten, and go with their target', async () => {
  await register();
  for (let number = 0; number < 11; number += 1) await putPolicy(`policy-${number}`);
  const describe = (NextToken?: string) =>
    autoscaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'dynamodb', NextToken }));
  const first = await describe();
  expect(first.ScalingPolicies).toHaveLength(10);
  expect((await describe(first.NextToken)).ScalingPolicies).toHaveLength(1);
  await autoscaling.send(new DeregisterScalableTargetCommand(target));
  expect((await describe()).ScalingPolicies).toEqual([]);
});
