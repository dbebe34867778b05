import {
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { alarmParameters } from '../../../../reconcilers/aws/cloudwatch/alarm-settings.ts';
import type { AlarmSpec } from '../../../../reconcilers/aws/cloudwatch/alarm-spec.ts';
import { Alarm } from '../../../../reconcilers/aws/cloudwatch/alarm.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { cpu, errorRate, sampleAlarm } from './alarm-samples.ts';

const node = 'alarm-cpu';
const owner = 'ApiService/test/api';
const name = 'test-api-alarm-cpu';
const spec = sampleAlarm(name);
const creation: Creation = { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
const query: OwnerQuery = { owner, names: new Map([[node, name]]), known: new Map(), unconfirmed: new Set() };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(async () => {
  await emulator.reset();
  await emulator.setStaleness({ tagging: 0 });
  connection?.close();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});

async function current() {
  const [found] = await Alarm.list(aws, [query]);
  if (found === undefined) throw new Error('the alarm is gone');
  return found;
}

async function update(wanted: AlarmSpec): Promise<void> {
  const found = await current();
  await Alarm.update(aws, found, wanted, differences(Alarm, wanted, found.spec));
}

async function stateOf(): Promise<string | undefined> {
  const { MetricAlarms } = await aws.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  return MetricAlarms?.[0]?.StateValue;
}

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

describe('an alarm', () => {
  test.each(['Average', 'SampleCount', 'p99', 'p99.9', 'tm90', 'IQM', 'TC(0.5:0.99)'])(
    'watches the statistic %s of a metric',
    async (statistic) => {
      const wanted = { ...spec, metric: { ...cpu, statistic } };
      await Alarm.create(aws, wanted, creation);
      expect(differences(Alarm, wanted, (await current()).spec)).toEqual([]);
    },
  );

  test('watches what an expression makes of metrics', async () => {
    const wanted = { ...spec, metric: errorRate };
    await Alarm.create(aws, wanted, creation);
    expect(differences(Alarm, wanted, (await current()).spec)).toEqual([]);
  });

  test('that cannot be as it is wanted says so, and is not there', async () => {
    const impossible = { ...spec, datapointsToAlarm: 6 };
    await expect(Alarm.create(aws, impossible, creation)).rejects.toMatchObject({ reason: 'InvalidSpec' });
    expect(await Alarm.list(aws, [query])).toEqual([]);
  });

  test('keeps its state and its tags when it is changed', async () => {
    await Alarm.create(aws, spec, creation);
    const state = { AlarmName: name, StateValue: 'ALARM' as const, StateReason: 'Tried' };
    await aws.cloudwatch.send(new SetAlarmStateCommand(state));
    await update({ ...spec, threshold: 90 });
    expect(await stateOf()).toBe('ALARM');
    expect(await current()).toMatchObject({ spec: { threshold: 90 }, tags: creation.tags });
  });

  test('loses what else somebody set', async () => {
    await Alarm.create(aws, spec, creation);
    const WarmUpConfiguration = { WarmUpPeriodDurationInMinutes: 30 };
    await aws.cloudwatch.send(new PutMetricAlarmCommand({ ...alarmParameters(spec), WarmUpConfiguration }));
    const found = await current();
    expect(differences(Alarm, spec, found.spec).map(({ field }) => field)).toEqual(['otherSettings']);
    expect(found.spec.otherSettings).toEqual(['WarmUpConfiguration']);
    await update(spec);
    expect(differences(Alarm, spec, (await current()).spec)).toEqual([]);
  });
});

describe('an alarm of the wanted name', () => {
  test('that somebody else made is left as it is, and the creation says how to hand it over', async () => {
    await aws.cloudwatch.send(new PutMetricAlarmCommand(alarmParameters({ ...spec, threshold: 1 })));
    expect(await Alarm.list(aws, [query])).toEqual([]);
    await expect(Alarm.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`put the tags ${ownerTag}=${owner} and ${nodeTag}=${node} on it`),
    });
    const ResourceARN = `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`;
    const Tags = Object.entries(creation.tags).map(([Key, Value]) => ({ Key, Value }));
    await aws.cloudwatch.send(new TagResourceCommand({ ResourceARN, Tags }));
    expect(await Alarm.create(aws, spec, creation)).toEqual({ id: name });
    expect(await current()).toMatchObject({ owner, node, spec: { threshold: 1 } });
  });

  test('of another owner stays the one of that owner, and who remembers it is told whose it is', async () => {
    const other = 'ApiService/other/api';
    await Alarm.create(aws, spec, { owner: other, node, tags: { [ownerTag]: other, [nodeTag]: node } });
    expect(await Alarm.list(aws, [query])).toEqual([]);
    const remembered = { ...query, known: new Map([[node, name]]) };
    expect(await Alarm.list(aws, [remembered])).toMatchObject([{ id: name, owner, ownedBy: other }]);
    await expect(Alarm.create(aws, spec, creation)).rejects.toMatchObject({ reason: 'NotOwned' });
  });

  test('that is a composite one is left as it is', async () => {
    const composite = { AlarmName: name, AlarmRule: 'ALARM(other)' };
    await aws.cloudwatch.send(new PutCompositeAlarmCommand(composite));
    expect(await Alarm.list(aws, [query])).toEqual([]);
    await expect(Alarm.create(aws, spec, creation)).rejects.toMatchObject({ reason: 'NotOwned' });
  });
});

describe('a list of alarms', () => {
  test('asks an alarm for its tags only while the index does not show them', async () => {
    await emulator.setStaleness({ tagging: 3_600 });
    await Alarm.create(aws, spec, creation);
    const list = () => Alarm.list(aws, [query]);
    expect(await operations(list)).toEqual(['GetResources', 'DescribeAlarms', 'ListTagsForResource']);
    await emulator.setStaleness({ tagging: 0 });
    expect(await operations(list)).toEqual(['GetResources', 'DescribeAlarms']);
  });

  test('makes one call for a hundred alarms, whoever has them', async () => {
    const queries = Array.from({ length: 120 }, (_, index) => ({
      ...query,
      owner: `ApiService/test/${index % 6}`,
      names: new Map([[node, `${name}-${index}`]]),
    }));
    const made = await operations(() =>
      Promise.all(
        queries.map((of, index) =>
          Alarm.create(aws, sampleAlarm(`${name}-${index}`), {
            owner: of.owner,
            node,
            tags: { [ownerTag]: of.owner, [nodeTag]: node },
          }),
        ),
      ),
    );
    expect(made.filter((operation) => operation === 'DescribeAlarms')).toHaveLength(2);
    const owners = queries.slice(0, 6).map((of) => ({ ...of, names: new Map<string, string>() }));
    const listed = await operations(async () => expect(await Alarm.list(aws, owners)).toHaveLength(120));
    expect(listed).toEqual(['GetResources', 'GetResources', 'DescribeAlarms', 'DescribeAlarms']);
  });
});
