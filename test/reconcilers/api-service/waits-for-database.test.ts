import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembleDaemon } from '../../../controller/cli/assembly.ts';
import type { Watcher } from '../../../controller/daemon.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller } from '../../product.ts';
import { Person } from '../person.ts';
import { ledgerKey, networkKey, service, serviceKey } from './service.ts';

/** What AWS takes its time for: of the network its NAT gateway, of the database its instance. */
const held = { 'ec2/nat-gateway': { pending: 'held' }, 'rds/instance': { creating: 'held' } } as const;
const set = service({ network: { natGateways: 'Single' } });

/** What of the service was created, as `CreateCluster cluster`. */
type Creations = readonly string[];

let emulator: Emulator;
/** As long as neither network nor database were ready, and as long as the database was not. */
let withNeither: { readonly says: string; readonly created: Creations };
let withNetwork: { readonly conditions: Readonly<Record<string, string>>; readonly created: Creations };
/** Seconds from the database's being Ready until the service was looked at. */
let seconds: number;
/** How many such looks it took until the first resource was made that needs the database. */
let looks: number;
let all: Creations;
/** In which they became Ready. */
let order: readonly string[];

beforeAll(async () => {
  emulator = await startEmulator({ lifecycles: held });
  const controller = new Controller(emulator.endpoint);
  const ready = new Map<string, number>();
  let lookedAt: readonly number[] = [];
  const watcher: Watcher = {
    started(key) {
      if (key === serviceKey && ready.has(ledgerKey)) lookedAt = [...lookedAt, performance.now()];
    },
    reconciled(key, { error }) {
      if (error === undefined && !ready.has(key)) ready.set(key, performance.now());
    },
  };
  const { daemon } = assembleDaemon(controller.objects, controller.product, [watcher]);
  const conditions = () => controller.conditions(serviceKey);
  const creations = (): Creations =>
    controller.calls
      .filter(({ object, mutating }) => object === serviceKey && mutating)
      .map(({ operation, node }) => `${operation} ${node ?? ''}`)
      .filter((write) => write.startsWith('Create') || write.startsWith('PutMetricAlarm'));

  await daemon.apply(set);
  const person = new Person(controller);
  daemon.start(3);
  await until(() => conditions()['ImageReady']?.startsWith('True') === true && creations().length === 4);
  withNeither = { says: conditions()['Ready'] ?? '', created: creations() };
  await letGoOn('ec2/nat-gateway', 'pending');
  await until(() => conditions()['IngressReady']?.startsWith('True') === true);
  withNetwork = { conditions: conditions(), created: creations() };
  const before = creations().length;
  await letGoOn('rds/instance', 'creating');
  await until(() => creations().length > before);
  looks = lookedAt.length;
  // One that had begun already may have found it ready.
  await until(() => lookedAt.length > 0);
  seconds = ((lookedAt[0] ?? Number.NaN) - (ready.get(ledgerKey) ?? 0)) / 1_000;
  await until(async () => (await person.fillSecrets()) > 0);
  await until(() => ready.has(serviceKey));
  all = creations();
  order = [...ready.keys()].filter((key) => !key.startsWith('Environment/'));
  await daemon.stop();
  controller.close();
  person.close();
});

afterAll(() => emulator.stop());

const made = (created: Creations): Creations => created.filter((one) => one.startsWith('Create')).toSorted();

const neither = [
  'CreateBucket access-logs',
  'CreateCluster cluster',
  'CreateLogGroup logs',
  'CreateRepository repository',
];

describe('A service that is applied together with its network and its database', () => {
  test('has made first what needs neither, and says that it waits for both', () => {
    expect(made(withNeither.created)).toEqual(neither);
    expect(withNeither.says).toMatch(/^False Progressing: /);
    expect(withNeither.says).toContain(`waits for ${networkKey}`);
    expect(withNeither.says).toContain(`waits for ${ledgerKey}`);
  });

  test('has then made what needs the network alone, and says that it waits for the database', () => {
    expect(made(withNetwork.created)).toEqual(
      [
        ...neither,
        'CreateListener listener-public-443',
        'CreateListener listener-public-80',
        'CreateLoadBalancer load-balancer-public',
        'CreateTargetGroup target-group-public',
        'CreateWebACL web-acl',
      ].toSorted(),
    );
    const { conditions } = withNetwork;
    for (const part of ['SecretsReady', 'ServiceReady', 'Ready'])
      expect(conditions[part]).toContain(`waits for ${ledgerKey}`);
    expect(JSON.stringify(conditions)).not.toContain(networkKey);
  });

  test('goes on within a second after the database is ready', () => {
    expect(seconds).toBeLessThan(1);
    expect(looks).toBeLessThanOrEqual(1);
  });

  test('makes nothing twice, and is ready last', () => {
    expect(order).toEqual([networkKey, ledgerKey, serviceKey]);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain('CreateService service');
    expect(all.filter((one) => one.startsWith('PutMetricAlarm'))).toHaveLength(23);
  });
});

/** Those that are there, and those that may have yet to be made. */
async function letGoOn(type: string, state: string): Promise<void> {
  await emulator.setLifecycles({ [type]: { [state]: 0 } });
  await emulator.release(type);
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`this did not come true: ${isSo.toString()}`);
    await sleep(10);
  }
}
