import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  ListTagsForResourceCommand,
  PutCompositeAlarmCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  UntagResourceCommand,
  type PutMetricAlarmInput,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let cloudwatch: CloudWatchClient;

beforeAll(async () => {
  emulator = await startEmulator();
  cloudwatch = clientIn('us-east-1');
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

function clientIn(region: string): CloudWatchClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return new CloudWatchClient({ endpoint: emulator.endpoint, region, credentials, maxAttempts: 1 });
}

const arn = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:busy';

function put(changes: Partial<PutMetricAlarmInput> = {}) {
  return cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'busy',
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 5,
      Threshold: 80,
      ComparisonOperator: 'GreaterThanThreshold',
      ...changes,
    }),
  );
}

async function described(AlarmNames = ['busy']) {
  return cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames }));
}

async function tagsOf(ResourceARN: string) {
  return (await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
}

const tags = (Value: string) => ({ Tags: [{ Key: 'team', Value }] });

test('A new alarm has no data yet, and tags only of its creation', async () => {
  await put(tags('one'));
  expect((await described()).MetricAlarms).toMatchObject([{ StateValue: 'INSUFFICIENT_DATA' }]);
  await put({ Threshold: 90, ...tags('two') });
  expect((await described()).MetricAlarms).toMatchObject([{ Threshold: 90 }]);
  expect(await tagsOf(arn)).toEqual(tags('one').Tags);
});

test('An alarm goes with its tags, and what is not there is not found', async () => {
  await put(tags('one'));
  const untag = new UntagResourceCommand({ ResourceARN: arn, TagKeys: ['team', 'other'] });
  await cloudwatch.send(untag);
  await cloudwatch.send(untag);
  await expect(
    cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['busy', 'missing'] })),
  ).rejects.toMatchObject({ name: expect.stringMatching(/^ResourceNotFound/) });
  expect((await described()).MetricAlarms).toEqual([]);
  await expect(tagsOf(arn)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await put();
  expect(await tagsOf(arn)).toEqual([]);
});

const topic = (region: string) => `arn:aws:sns:${region}:123456789012:alarms`;

test.each<[string, Partial<PutMetricAlarmInput>]>([
  ['with two statistics', { ExtendedStatistic: 'p99' }],
  ['with a statistic that is none', { Statistic: undefined, ExtendedStatistic: 'q99' }],
  ['of a metric and of an expression', { Metrics: [{ Id: 'e1', Expression: 'm1' }] }],
  ['of a period that is no minute', { Period: 90 }],
  ['that looks back longer than a day', { EvaluationPeriods: 1_441 }],
  ['with more points than periods', { DatapointsToAlarm: 6 }],
  ['that tells six topics', { AlarmActions: Array.from({ length: 6 }, () => topic('us-east-1')) }],
  ['that tells a topic of another region', { AlarmActions: [topic('eu-west-1')] }],
  ['without a threshold', { Threshold: undefined }],
])('An alarm %s is refused', async (_, changes) => {
  await expect(put(changes)).rejects.toMatchObject({
    name: expect.stringMatching(/^(Validation|InvalidParam)/),
  });
  expect((await described()).MetricAlarms).toEqual([]);
});

test('Alarms come in pages, and composite ones only when they are asked for', async () => {
  for (const AlarmName of ['a', 'b', 'c']) await put({ AlarmName });
  await cloudwatch.send(new PutCompositeAlarmCommand({ AlarmName: 'd', AlarmRule: 'ALARM(a)' }));
  const one = await cloudwatch.send(new DescribeAlarmsCommand({ MaxRecords: 2 }));
  const two = await cloudwatch.send(new DescribeAlarmsCommand({ MaxRecords: 2, NextToken: one.NextToken }));
  const pages = [one, two].map(({ MetricAlarms = [] }) => MetricAlarms.map(({ AlarmName }) => AlarmName));
  expect(pages).toEqual([['a', 'b'], ['c']]);
  expect(two.NextToken).toBeUndefined();
  const all = new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] });
  expect(await cloudwatch.send(all)).toMatchObject({
    MetricAlarms: [],
    CompositeAlarms: [{ AlarmName: 'd', AlarmRule: 'ALARM(a)' }],
  });
  await expect(put({ AlarmName: 'd' })).rejects.toThrow('composite');
});

test('A dashboard has tags of its creation, and is in every region', async () => {
  const DashboardBody = '{"widgets":[]}';
  const dashboard = { DashboardName: 'operations', DashboardBody };
  await cloudwatch.send(new PutDashboardCommand({ ...dashboard, ...tags('one') }));
  await clientIn('eu-west-1').send(new PutDashboardCommand({ ...dashboard, ...tags('two') }));
  const DashboardArn = 'arn:aws:cloudwatch::123456789012:dashboard/operations';
  expect(await tagsOf(DashboardArn)).toEqual(tags('one').Tags);
  const { DashboardEntries } = await cloudwatch.send(
    new ListDashboardsCommand({ DashboardNamePrefix: 'op' }),
  );
  const entry = { DashboardArn, LastModified: expect.any(Date), Size: DashboardBody.length };
  expect(DashboardEntries).toMatchObject([{ DashboardName: 'operations', ...entry }]);
  await cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: ['operations'] }));
  const get = new GetDashboardCommand({ DashboardName: 'operations' });
  await expect(cloudwatch.send(get)).rejects.toMatchObject({ name: expect.stringContaining('NotFound') });
  await expect(tagsOf(DashboardArn)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test.each(['{', '{"widgets":{}}', '{"widgets":[{"type":"picture","properties":{}}]}'])(
  'A dashboard of %s is refused',
  async (DashboardBody) => {
    const bad = new PutDashboardCommand({ DashboardName: 'operations', DashboardBody });
    await expect(cloudwatch.send(bad)).rejects.toMatchObject({
      name: expect.stringMatching(/DashboardInvalidInputError|InvalidParameterInput/),
    });
  },
);
