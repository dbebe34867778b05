import { beforeEach, describe, expect, it } from 'vitest';
import { Backoff } from '../../controller/backoff.ts';
import { Daemon } from '../../controller/daemon.ts';
import type { ManifestObject } from '../../controller/manifests/manifest.ts';
import { Queue } from '../../controller/queue.ts';
import { fakeKind, type FakeNode } from '../fake-kind.ts';
import { FakeProduct, server, thing, types } from './fake-product.ts';
import { environment } from './records.ts';

const hour = 3_600_000;
const machine: FakeNode = { id: 'main', type: 'server', settings: { awake: true, size: 1 } };

/** The clock begins at midnight of a Thursday. */
const inUse = (start: string, stop: string): ManifestObject => {
  const { spec, ...rest } = environment();
  return { ...rest, spec: { ...spec, officeHours: { timeZone: 'UTC', days: ['Thu', 'Fri'], start, stop } } };
};

let product: FakeProduct;

beforeEach(() => {
  product = new FakeProduct({ ...fakeKind(types), sleeps: true });
});

const isAwake = () => product.cloud.find('main').spec.awake;

/** AWS starts what has been stopped for too long. */
function wakeUp(): void {
  const { id, spec } = product.cloud.find('main');
  product.cloud.change(id, { spec: { ...spec, awake: true } });
}

describe('An object of a kind that sleeps', () => {
  it('is asleep outside of office hours, and ready', async () => {
    await product.apply(inUse('08:00', '20:00'), thing([machine]));
    await product.converge();
    expect(isAwake()).toBe(false);
    expect(product.condition('Ready')).toMatchObject({
      status: 'True',
      reason: 'Asleep',
      message: '1 resources are as the manifest says; asleep until Thursday 1 January 2026, 08:00 (UTC)',
    });
    expect(product.objects.isReady('Thing/production/one')).toBe(true);
  });

  it('wakes up when they begin and falls asleep when they end, which is no drift', async () => {
    await product.apply(inUse('08:00', '20:00'), thing([machine]));
    await product.converge();
    await product.clock.advance(8 * hour);
    await product.converge();
    expect([isAwake(), product.condition('Ready')?.reason]).toEqual([true, 'InSync']);
    await product.clock.advance(12 * hour);
    await product.converge();
    expect([isAwake(), product.condition('Ready')?.reason]).toEqual([false, 'Asleep']);
    expect(product.drifted).toEqual([]);
  });

  it('is put to sleep again when AWS wakes it, which is no drift either', async () => {
    await product.apply(inUse('08:00', '20:00'), thing([machine]));
    await product.converge();
    wakeUp();
    expect(await product.pass()).toMatchObject({ wrote: true, appeared: [], drift: [] });
    expect(await product.pass()).toMatchObject({ wrote: false, corrected: [] });
    expect(isAwake()).toBe(false);
    expect(product.drifted).toEqual([]);
    expect(product.condition('Drifted')).toMatchObject({ status: 'False', message: 'AWS is as it was left' });
    expect(product.record().events.map(({ reason }) => reason)).toEqual(['Ready']);
  });

  it('has drifted when somebody changes it in its sleep, or puts it to sleep in the day', async () => {
    await product.apply(inUse('08:00', '20:00'), thing([machine]));
    await product.converge();
    const { id, spec } = product.cloud.find('main');
    product.cloud.change(id, { spec: { ...spec, awake: true, size: 9 } });
    expect((await product.pass()).appeared).toMatchObject([{ field: 'size' }]);
    await product.clock.advance(9 * hour);
    await product.converge();
    product.cloud.change(id, { spec: { ...spec, awake: false } });
    expect((await product.pass()).appeared).toMatchObject([{ field: 'awake', from: false, to: true }]);
  });

  it('is looked at when office hours begin or end, at the latest', async () => {
    await product.apply(inUse('00:02', '00:03'), thing([machine]));
    await product.converge();
    const now = product.clock.now() - Date.UTC(2026, 0, 1);
    expect(await product.pass()).toMatchObject({ resync: 121_000 - now, latest: 121_000 - now });
    await product.clock.advance(121_000 - now);
    expect((await product.pass()).latest).toBe(60_000);
  });

  it('is awake always where the Environment names no hours', async () => {
    await product.apply(environment(), thing([machine]));
    await product.converge();
    expect([isAwake(), product.condition('Ready')?.reason]).toEqual([true, 'InSync']);
    expect(await product.pass()).toMatchObject({ resync: 300_000 });
  });
});

it('An object of a kind that does not sleep takes no notice of office hours', async () => {
  product = new FakeProduct();
  await product.apply(inUse('08:00', '20:00'), thing([machine]));
  await product.converge();
  expect([isAwake(), product.condition('Ready')?.reason]).toEqual([true, 'InSync']);
});

it('The annotation fintech.global/apply-immediately is told to the kind, and its absence too', async () => {
  const told: boolean[] = [];
  const kind = fakeKind(types);
  product = new FakeProduct({
    ...kind,
    build(_spec, graph) {
      told.push(graph.circumstances.applyImmediately);
      return kind.build({ nodes: [server(1)] }, graph);
    },
  });
  for (const value of ['true', 'false', undefined]) {
    const annotations = value === undefined ? {} : { 'fintech.global/apply-immediately': value };
    await product.apply(environment(), thing([server(1)], { annotations }));
    await product.pass();
  }
  expect(told).toEqual([true, false, false]);
});

it('The daemon comes back at the end of office hours to the second, not a tenth of its interval later', async () => {
  const { objects, reconciler, clock, stopping } = product;
  const queue = new Queue(clock);
  const daemon = new Daemon({
    objects,
    reconciler,
    queue,
    backoff: new Backoff(() => 0),
    clock,
    watchers: [],
    stopping,
  });
  await product.apply(inUse('00:00', '00:06'), thing([machine]));
  daemon.start(1);
  await advance(359_000);
  expect([isAwake(), product.objects.isReady('Thing/production/one')]).toEqual([true, true]);
  await advance(3_000);
  expect(isAwake()).toBe(false);
  await daemon.stop();

  async function advance(milliseconds: number): Promise<void> {
    for (let step = 0; step < 60; step += 1) {
      await clock.advance(milliseconds / 60);
      do await clock.settle();
      while (queue.running.size > 0);
    }
  }
});
