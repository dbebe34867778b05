import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PlanFormat } from '../../../controller/cli/plan.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { systemClock } from '../../../controller/time.ts';
import { temporaryDirectory } from '../../controller/manifests/directory.ts';
import { mutating, readingOf } from '../../product.ts';
import { planned } from '../planned.ts';
import { alone, cache, LedgerLife, oneOfEach, singleInstance, writesIn } from './ledger-life.ts';
import { contract, networkKey, smallNetwork } from './ledger.ts';
import { withSpec } from '../contract-manifest.ts';

const atOnce = { 'fintech.global/apply-immediately': 'true' };
const window = { 'pending-maintenance': 'held' } as const;

/** What interrupts, and what does not, of everything at once. */
const changed = {
  ...oneOfEach,
  engineVersion: '15.8',
  instanceClass: 'db.r6g.xlarge',
  backup: { retentionDays: 14, window: '03:00-04:00' },
  cache: { ...cache, nodeType: 'cache.r6g.xlarge', snapshotRetentionDays: 3 },
};
const changedInstance = {
  ...singleInstance,
  engineVersion: '15.8',
  instanceClass: 'db.r6g.xlarge',
  storage: { allocatedGiB: 120, maxGiB: 300 },
  backup: { retentionDays: 14, window: '03:00-04:00' },
};

let life: LedgerLife;

beforeAll(async () => {
  life = await LedgerLife.start();
});

beforeEach(() => life.clear());

afterAll(() => life.stop());

async function planOf(
  spec: JsonObject,
  format?: PlanFormat,
  network: object = smallNetwork,
): Promise<string> {
  const directory = await temporaryDirectory({
    'environment.yaml': JSON.stringify(contract.environment),
    'network.yaml': JSON.stringify(network),
    'ledger.yaml': JSON.stringify(withSpec(contract.ledger, spec)),
  });
  return (await planned(life.controller, directory, systemClock, format)).text;
}

/** `cluster: restart` for each step that does something. */
function interruptionsIn(plan: string): readonly string[] {
  return plan.split('\n').flatMap((line) => {
    const [, node, rest = ''] = /^ {2}[-~±+○] \S+ (\S+)(.*)$/.exec(line) ?? [];
    if (node === undefined) return [];
    const [, interruption = 'none'] = /interrupts: (.+)$/.exec(rest) ?? [];
    return [`${node}: ${interruption}`];
  });
}

describe('a plan says of each step what it interrupts:', () => {
  test('as text, as JSON and for a pull request', async () => {
    await life.change(oneOfEach);
    await life.letWrite(0);
    const says = ['cluster: restart', 'instance-0: failover', 'instance-1: restart', 'cache: failover'];
    expect(interruptionsIn(await planOf(changed))).toEqual(says);
    const markdown = await planOf(changed, 'markdown');
    expect(markdown).toContain('\n! rds/cluster cluster (production-ledger-cluster) interrupts: restart\n');
    const json: readonly {
      readonly steps: readonly { node: string; action: string; interruption: string }[];
    }[] = JSON.parse(await planOf(changed, 'json'));
    const steps = json.flatMap((report) => report.steps).filter(({ action }) => action !== 'none');
    expect(steps.map(({ node, interruption }) => `${node}: ${interruption}`)).toEqual(says);
  });

  test('of readers, retention, parameters and an asked-for rotation nothing', async () => {
    await life.change(oneOfEach);
    const calm = {
      ...oneOfEach,
      readers: 2,
      backup: { retentionDays: 14 },
      parameters: { 'rds.force_ssl': '1', log_min_duration_statement: '500' },
      performanceInsights: { retentionDays: 31 },
      cache: { ...cache, replicas: 2 },
    };
    expect(interruptionsIn(await planOf(calm))).toEqual([
      'cluster-parameters-15: none',
      'cluster: none',
      'instance-0: none',
      'instance-1: none',
      'instance-2: none',
      'cache: none',
    ]);
  });

  test('of what is replaced and removed the data', async () => {
    await life.change({ ...oneOfEach, deletionPolicy: 'Delete' });
    const spec = { ...oneOfEach, deletionPolicy: 'Delete', databaseName: 'other', readers: 1, tables: [] };
    const all = interruptionsIn(await planOf(spec));
    expect(all).toContain('cluster: data loss');
    expect(all).toContain('instance-0: replacement');
    expect(all).toContain('table-sessions: data loss');
    expect(all).toContain('scale-read-sessions: none');
  });

  test('of an instance with a standby a failover, and of one without a restart', async () => {
    await life.change(singleInstance);
    expect(interruptionsIn(await planOf({ ...singleInstance, instanceClass: 'db.r6g.xlarge' }))).toEqual([
      'instance: failover',
    ]);
    expect(interruptionsIn(await planOf(changedInstance))).toEqual(['instance: restart']);
    const withoutStandby = { ...singleInstance, multiAz: false };
    await life.change(withoutStandby);
    expect(interruptionsIn(await planOf({ ...withoutStandby, instanceClass: 'db.r6g.xlarge' }))).toEqual([
      'instance: restart',
    ]);
    const grown = { ...singleInstance, storage: { allocatedGiB: 120, maxGiB: 300 } };
    expect(interruptionsIn(await planOf(grown))).toEqual(['instance: none']);
  });

  test('of another port in the network a restart', async () => {
    await life.change(alone);
    const network = withSpec(smallNetwork, { ports: { database: 5433 } });
    await life.controller.apply(readingOf(contract.environment, network, withSpec(contract.ledger, alone)));
    await life.controller.converge(networkKey);
    const steps = interruptionsIn(await planOf(alone, 'text', network));
    expect(steps).toContain('cluster: restart');
  });
});

describe('what interrupts waits for the maintenance window, is told in the status, and is no drift:', () => {
  test.each([
    [
      'of a cluster and its cache',
      oneOfEach,
      changed,
      [
        '"waitsForMaintenance":["DBInstanceClass"]',
        '"waitsForMaintenance":["EngineVersion"]',
        '"waitsForMaintenance":["CacheNodeType cache.r6g.xlarge"]',
      ],
    ],
    [
      'of an instance',
      singleInstance,
      changedInstance,
      ['"waitsForMaintenance":["DBInstanceClass","EngineVersion"]'],
    ],
  ])('%s', async (_, before, after, waiting) => {
    await life.change(before);
    await life.emulator.setLifecycles({
      'rds/cluster': window,
      'rds/instance': window,
      'elasticache/replication-group': window,
    });
    await life.change(after);
    expect(life.condition('Ready')).toMatch(/^True InSync/);
    expect(life.condition('Drifted')).toMatch(/^False/);
    for (const text of waiting) expect(JSON.stringify(life.status)).toContain(text);
    // What interrupts nothing was not left for the window.
    const state = JSON.stringify(await life.state());
    expect(state).toContain('"BackupRetentionPeriod":14');
    expect(state).toContain('"EngineVersion":"15.4"');
    expect(state).toContain('"DBInstanceClass":"db.r6g.large"');
    expect(mutating((await life.pass()).calls)).toEqual([]);

    await life.emulator.release();
    await life.pass();
    expect(JSON.stringify(life.status)).not.toMatch(/"waitsForMaintenance":\[[^\]]/);
    expect(JSON.stringify(await life.state())).toContain('"EngineVersion":"15.8"');
    expect(life.condition('Drifted')).toMatch(/^False/);
  });

  test.each([
    ['a cluster and its cache', oneOfEach, changed],
    ['an instance', singleInstance, changedInstance],
  ])('of %s, unless it is asked for at once, before or while it waits', async (_, before, after) => {
    await life.change(before);
    await life.emulator.setLifecycles({
      'rds/cluster': window,
      'rds/instance': window,
      'elasticache/replication-group': window,
    });
    await life.change(after);
    expect(writesIn(await life.change(after, atOnce)).length).toBeGreaterThan(0);
    expect(JSON.stringify(life.status)).not.toMatch(/"waitsForMaintenance":\[[^\]]/);
    const state = await life.state();
    expect(JSON.stringify(state)).toContain('"EngineVersion":"15.8"');

    const next = { ...after, engineVersion: '15.9', instanceClass: 'db.r6g.2xlarge' };
    await life.change(next, atOnce);
    expect(JSON.stringify(life.status)).not.toMatch(/"waitsForMaintenance":\[[^\]]/);
    expect(JSON.stringify(await life.state())).toContain('"EngineVersion":"15.9"');
    expect(mutating((await life.pass()).calls)).toEqual([]);
    await life.apply(next);
    expect(mutating((await life.pass()).calls)).toEqual([]);
  });
});
