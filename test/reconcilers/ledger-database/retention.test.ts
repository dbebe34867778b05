import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isJsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { Controller, fasterClock, mutating } from '../../product.ts';
import { alone, LedgerLife, oneOfEach, singleInstance, writesIn } from './ledger-life.ts';
import { ledger, ledgerKey, networkKey, withoutLedger } from './ledger.ts';

const retainedTag = 'fintech.global/retained';

let life: LedgerLife;

beforeAll(async () => {
  life = await LedgerLife.start();
});

afterEach(() => life.clear());

afterAll(() => life.stop());

type State = Awaited<ReturnType<LedgerLife['state']>>;

/** Without the mark of what is retained, and with how many have it. */
function unmarked(state: State): { readonly state: unknown; readonly marked: number } {
  let marked = 0;
  const without: unknown = JSON.parse(JSON.stringify(state), (key, value: unknown) => {
    if (key === retainedTag) marked += 1;
    if (!Array.isArray(value)) return key === retainedTag ? undefined : value;
    const others = value.filter((item) => !isJsonObject(item) || item['Key'] !== retainedTag);
    marked += value.length - others.length;
    return others;
  });
  return { state: without, marked };
}

test.each([
  ['a cluster, its cache and its tables', { ...oneOfEach, deletionPolicy: 'Retain' }],
  ['an instance of which nobody said it', singleInstance],
])(
  'under deletionPolicy Retain %s stay as they are, marked as retained, and can be taken back',
  async (_, spec) => {
    await life.change(spec);
    const before = await life.state();
    const { resources } = life.controller.record(ledgerKey).status;
    await life.remove();
    const written = writesIn(await life.untilQuiet());
    expect(life.isGone).toBe(true);
    expect(written.filter((call) => !/^(AddTagsTo|Tag)Re(source|le) |^TagRole /.test(call))).toEqual([]);
    const retained = await life.state();
    const { state, marked } = unmarked(retained);
    expect(changesBetween(unmarked(before).state, state)).toEqual([]);
    // Credentials in force are known by a tag of the secret, and are nothing of their own.
    expect(marked).toBeGreaterThanOrEqual(resources.length - 1);

    // Nobody looks after it any more, not even one that never knew it.
    expect(mutating((await life.pass()).calls)).toEqual([]);
    const another = new Controller(life.emulator.endpoint, [], fasterClock(100));
    await another.apply(withoutLedger());
    await another.converge(networkKey);
    expect(mutating((await another.pass(ledgerKey)).calls)).toEqual([]);
    expect(changesBetween(retained, await life.state())).toEqual([]);

    await another.apply(ledger({ spec }));
    const back = writesIn(await another.converge(ledgerKey));
    expect(back.filter((call) => !/^(RemoveTagsFrom|Untag)/.test(call))).toEqual([]);
    expect(changesBetween(before, await life.state())).toEqual([]);
    expect(another.conditions(ledgerKey)['Ready']).toMatch(/^True InSync/);
    expect(mutating((await another.pass(ledgerKey)).calls)).toEqual([]);
    another.close();
  },
);

test('a cache and a table that leave the manifest stay with what they need and what scales them, and can be taken back', async () => {
  await life.change(oneOfEach);
  const before = await life.state();
  await life.change({ ...oneOfEach, cache: undefined, tables: [] });
  expect(life.condition('Ready')).toMatch(/^True InSync/);
  const after = await life.state();
  expect(changesBetween(unmarked(before).state, unmarked(after).state)).toEqual([]);
  const marked = Object.entries(after).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([name, resource]) =>
      JSON.stringify(resource).includes(retainedTag) ? [`${type} ${name}`] : [],
    ),
  );
  expect(marked.toSorted()).toEqual([
    'cacheParameterGroups production-ledger-cache-parameters-redis7',
    'cacheSubnetGroups production-ledger-cache-subnets',
    'caches production-ledger-cache',
    'scalableTargets dynamodb:table:ReadCapacityUnits table/production-ledger-table-sessions',
    'scalableTargets dynamodb:table:WriteCapacityUnits table/production-ledger-table-sessions',
    'secrets fintech/redis-auth',
    'tables production-ledger-table-sessions',
  ]);
  expect(writesIn([await life.pass()])).toEqual([]);

  const back = writesIn(await life.change(oneOfEach));
  expect(back.filter((call) => /^(Create|Delete|Modify|Update)/.test(call))).toEqual([]);
  expect(changesBetween(before, await life.state())).toEqual([]);
});

test('what was left behind before stays where the rest is deleted', async () => {
  const deletable = { ...oneOfEach, deletionProtection: false };
  await life.change(deletable);
  await life.change({ ...deletable, cache: undefined });
  await life.change({ ...deletable, cache: undefined, deletionPolicy: 'Delete' });
  await life.remove();
  await life.untilQuiet();
  expect(life.isGone).toBe(true);
  const left = await life.state();
  expect(Object.keys(left).toSorted()).toEqual([
    'cacheNodes',
    'cacheParameterGroups',
    'cacheSubnetGroups',
    'caches',
    'clusterSnapshots',
    'keys',
    'roles',
    'secrets',
    'tableBackups',
  ]);
  expect(left['secrets']).toMatchObject({
    'fintech/db-credentials': { isDeleted: true },
    'fintech/redis-auth': { isDeleted: false },
  });
});

test('what is still being created is retained too, and finished when the manifest comes back', async () => {
  await life.emulator.setLifecycles({ 'rds/cluster': { creating: 'held' } });
  await life.apply(alone);
  await life.untilQuiet();
  await life.remove();
  await life.untilQuiet();
  expect(life.isGone).toBe(true);
  expect(JSON.stringify((await life.state())['clusters'])).toContain(retainedTag);
  await life.emulator.release();
  const back = writesIn(await life.change(alone));
  expect(back.filter((call) => call.startsWith('Create'))).toEqual(['CreateDBInstance instance-0']);
  expect(JSON.stringify(await life.state())).not.toContain(retainedTag);
});
