import { beforeEach, describe, expect, it } from 'vitest';
import { Backoff } from '../../controller/backoff.ts';
import { Daemon, type Watcher } from '../../controller/daemon.ts';
import { Conflict, messageOf } from '../../controller/engine/errors.ts';
import type { ManifestObject } from '../../controller/manifests/manifest.ts';
import { Queue } from '../../controller/queue.ts';
import type { FakeProcess } from '../fake-cloud.ts';
import { FakeProduct, server, thing } from './fake-product.ts';
import { environment, setOf } from './records.ts';

let product: FakeProduct;
let queue: Queue;
let daemon: Daemon<FakeProcess>;
/** What the watchers were told, in order. */
let told: string[];

beforeEach(() => {
  product = new FakeProduct();
  told = [];
  const { objects, reconciler, clock, stopping } = product;
  queue = new Queue(clock);
  daemon = new Daemon({
    objects,
    reconciler,
    queue,
    backoff: new Backoff(() => 0),
    clock,
    watchers: [recorder()],
    stopping,
  });
});

function recorder(): Watcher {
  return {
    synced: (set, blocked) => told.push(`synced ${set.objects.size} ${blocked.length}`),
    started: (key) => told.push(`started ${key}`),
    reconciled: (key, { error }) =>
      told.push(`reconciled ${key} ${error === undefined ? 'well' : messageOf(error)}`),
    crashed: (key, error) => told.push(`crashed ${key} ${messageOf(error)}`),
    failed: (error) => told.push(`failed ${messageOf(error)}`),
  };
}

async function apply(...manifests: readonly ManifestObject[]): Promise<void> {
  await daemon.apply(setOf(manifests));
}

/** Lets so much time pass, a little at a time, each with everything that follows from it. */
async function pass(milliseconds: number): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    await product.clock.advance(milliseconds / 40);
    await untilIdle();
  }
}

async function untilIdle(): Promise<void> {
  do await product.clock.settle();
  while (queue.running.size > 0);
}

describe('A daemon', () => {
  it('makes everything ready, and comes back to each object after its interval, more or less', async () => {
    await apply(environment(), thing([server(1)]));
    daemon.start(2);
    await pass(5_000);
    expect(product.objects.isReady('Thing/production/one')).toBe(true);
    told = [];
    await pass(260_000);
    expect(told).toEqual([]);
    await pass(80_000);
    expect(told).toContain('reconciled Thing/production/one well');
    await daemon.stop();
  });

  it('starts an object that waits for another one as soon as that one is ready', async () => {
    const waiting = thing([{ id: 'main', type: 'server', object: 'first' }], { name: 'second' });
    await apply(environment(), waiting);
    daemon.start(2);
    // So long that its own next attempt is seconds away.
    await pass(60_000);
    expect(product.condition('Ready', 'Thing/production/second')?.message).toContain(
      'Thing/production/first',
    );
    await apply(environment(), waiting, thing([server(1)], { name: 'first' }));
    await pass(1_000);
    expect(product.objects.isReady('Thing/production/first')).toBe(true);
    expect(product.objects.isReady('Thing/production/second')).toBe(true);
    await daemon.stop();
  });

  it('looks at an object again when one that it refers to reports something new, and at no other', async () => {
    const referring = thing([{ id: 'main', type: 'server', object: 'first' }], { name: 'second' });
    await apply(
      environment(),
      thing([server(1)], { name: 'first' }),
      referring,
      thing([server(1)], { name: 'third' }),
    );
    daemon.start(2);
    await pass(10_000);
    told = [];
    await apply(
      environment(),
      thing([server(2)], { name: 'first' }),
      referring,
      thing([server(1)], { name: 'third' }),
    );
    await pass(10_000);
    expect(told).toContain('started Thing/production/second');
    expect(told).not.toContain('started Thing/production/third');
    await daemon.stop();
  });

  it('looks at all objects of an Environment that has changed', async () => {
    await apply(environment(), thing([server(1)]));
    daemon.start(2);
    await pass(5_000);
    await apply(environment({}, 'Observe'), thing([server(1)]));
    told = [];
    await pass(100);
    expect(told).toContain('reconciled Thing/production/one well');
    await daemon.stop();
  });

  it('looks at an object at once when it is asked to, and knows which there are', async () => {
    await apply(environment(), thing([server(1)]));
    daemon.start(2);
    await pass(5_000);
    told = [];
    expect(daemon.request('Thing/production/one')).toBe(true);
    expect(daemon.request('Thing/production/two')).toBe(false);
    await pass(100);
    expect(told).toEqual(['started Thing/production/one', 'reconciled Thing/production/one well']);
    await daemon.stop();
  });

  it('lets an Environment go as soon as its last object has gone', async () => {
    const policy = { policy: 'Delete', maxObjectsPerSync: 5 };
    const other = { ...environment(policy), metadata: { name: 'other', labels: {}, annotations: {} } };
    await apply(environment(policy), other, thing([server(1)]));
    daemon.start(2);
    await pass(5_000);
    await apply(other);
    await pass(10_000);
    expect([...product.objects.all.keys()]).toEqual(['Environment/other']);
    expect(product.cloud.resources).toEqual([]);
    await daemon.stop();
  });

  it('tells of a state that cannot be written, and tries again until it can', async () => {
    await apply(environment(), thing([server(1)]));
    product.storeError = new Error('the disk is full');
    daemon.start(2);
    await pass(100);
    expect(told).toContain('crashed Thing/production/one the disk is full');
    expect(told.filter((line) => line.startsWith('failed'))).toEqual([]);
    product.storeError = undefined;
    await pass(30_000);
    expect(product.objects.isReady('Thing/production/one')).toBe(true);
    await daemon.stop();
  });

  it('says that it cannot go on when somebody else writes its state', async () => {
    await apply(environment());
    product.storeError = new Conflict('another process writes the state');
    daemon.start(2);
    await pass(100);
    expect(told).toContain('failed another process writes the state');
    await daemon.stop();
  });

  it('finishes the call that it is in when it is stopped, and starts nothing more', async () => {
    await apply(environment(), thing([server(1), { id: 'next', type: 'server', peers: ['main'] }]));
    let stopped: Promise<void> | undefined;
    product.cloud.fault = ({ operation }) => {
      if (operation === 'create') stopped ??= daemon.stop();
      return undefined;
    };
    daemon.start(2);
    await pass(1_000);
    await stopped;
    expect(stopped).toBeInstanceOf(Promise);
    expect(product.cloud.resources.map(({ node }) => node)).toEqual(['main']);
    expect(told.at(-1)).toContain('the daemon is stopping');
    told = [];
    await pass(600_000);
    expect(told).toEqual([]);
    expect(product.clock.sleeping).toBe(0);
  });
});
