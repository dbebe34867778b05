import { GetDashboardCommand, PutDashboardCommand, TagResourceCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { Dashboard } from '../../../../reconcilers/aws/cloudwatch/dashboard.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleDashboard } from './dashboard-samples.ts';

const node = 'dashboard';
const owner = 'ApiService/test/api';
const name = 'test-api-dashboard';
const arn = `arn:aws:cloudwatch::123456789012:dashboard/${name}`;
const spec = sampleDashboard(name);
const creation: Creation = { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
const query: OwnerQuery = { owner, names: new Map([[node, name]]), known: new Map(), unconfirmed: new Set() };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.reset();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterEach(() => {
  vi.useRealTimers();
  connection.close();
});

async function current() {
  const [found] = await Dashboard.list(aws, [query]);
  if (found === undefined) throw new Error('the dashboard is gone');
  return found;
}

const put = (body: object) =>
  aws.cloudwatch.send(
    new PutDashboardCommand({ DashboardName: name, DashboardBody: JSON.stringify(body, undefined, 2) }),
  );

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

describe('a dashboard', () => {
  test('is the same when somebody saves it in another form', async () => {
    await Dashboard.create(aws, spec, creation);
    await put(Object.fromEntries(Object.entries(spec.body).toReversed()));
    expect(differences(Dashboard, spec, (await current()).spec)).toEqual([]);
  });

  test('that CloudWatch cannot show says so', async () => {
    const impossible = { name, body: { widgets: [{ type: 'picture' }] } };
    await expect(Dashboard.create(aws, impossible, creation)).rejects.toMatchObject({
      reason: 'InvalidSpec',
    });
  });

  test('is that of the account, in whatever region it is looked at', async () => {
    await Dashboard.create(aws, spec, creation);
    const other = connectTo(emulator.endpoint, { region: 'us-west-2' });
    expect(await Dashboard.list(other.aws, [query])).toMatchObject([{ id: name, outputs: { arn, name } }]);
    other.close();
  });
});

describe('a dashboard of the wanted name', () => {
  test('that somebody else made is left as it is, and the creation says how to hand it over', async () => {
    await put({ widgets: [] });
    expect(await Dashboard.list(aws, [query])).toEqual([]);
    await expect(Dashboard.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`put the tags ${ownerTag}=${owner} and ${nodeTag}=${node} on it`),
    });
    const { DashboardBody = '' } = await aws.cloudwatch.send(
      new GetDashboardCommand({ DashboardName: name }),
    );
    expect(JSON.parse(DashboardBody)).toEqual({ widgets: [] });
    const Tags = Object.entries(creation.tags).map(([Key, Value]) => ({ Key, Value }));
    await aws.cloudwatch.send(new TagResourceCommand({ ResourceARN: arn, Tags }));
    expect(await Dashboard.create(aws, spec, creation)).toEqual({ id: name });
    expect(await current()).toMatchObject({ owner, node, spec: { body: { widgets: [] } } });
  });

  test('of an object whose name begins alike is that of the other object', async () => {
    const other = 'ApiService/test/api-v2';
    const tags = { [ownerTag]: other, [nodeTag]: node };
    await Dashboard.create(aws, sampleDashboard('test-api-v2-dashboard'), { owner: other, node, tags });
    expect(await Dashboard.list(aws, [query])).toEqual([]);
    const found = await Dashboard.list(aws, [query, { ...query, owner: other, names: new Map() }]);
    expect(found.map((dashboard) => dashboard.owner)).toEqual([other]);
  });
});

describe('a list of dashboards', () => {
  test('reads a body again only when it was changed', async () => {
    await Dashboard.create(aws, spec, creation);
    // The daemon's clock only: AWS's goes on as before.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
    const whole = ['ListDashboards', 'ListTagsForResource', 'GetDashboard'];
    expect(await operations(current)).toEqual(whole);
    expect(await operations(current)).toEqual(whole.slice(0, 2));
    expect((await current()).spec).toEqual(spec);
    await put({ widgets: [] });
    expect(await operations(current)).toEqual(whole);
    expect((await current()).spec.body).toEqual({ widgets: [] });
  });

  test('reads a body again that was changed a moment ago, as times of AWS may be coarse', async () => {
    await Dashboard.create(aws, spec, creation);
    await current();
    expect(await operations(current)).toContain('GetDashboard');
  });

  test('asks nothing about dashboards of others', async () => {
    const body = JSON.stringify(spec.body);
    await aws.cloudwatch.send(new PutDashboardCommand({ DashboardName: 'Sales', DashboardBody: body }));
    expect(await operations(() => Dashboard.list(aws, [query]))).toEqual(['ListDashboards']);
  });
});
