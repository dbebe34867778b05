import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priorities, Queue, type QueueObserver } from '../../controller/queue.ts';
import { FakeClock } from '../fake-clock.ts';
import { QueueModel } from './queue-model.ts';

/** What is handed out without any time passing. */
async function take(queue: Queue, clock: FakeClock): Promise<string | undefined> {
  const stop = new AbortController();
  const next = queue.get(stop.signal);
  await clock.settle();
  stop.abort();
  return (await next)?.key;
}

async function takeAll(queue: Queue, clock: FakeClock): Promise<readonly string[]> {
  const taken: string[] = [];
  for (let key = await take(queue, clock); key !== undefined; key = await take(queue, clock)) taken.push(key);
  return taken;
}

function setUp(observer?: QueueObserver): { readonly clock: FakeClock; readonly queue: Queue } {
  const clock = new FakeClock();
  return { clock, queue: new Queue(clock, observer) };
}

describe('order', () => {
  test('what has the higher priority goes first, and equals go in the order of addition', async () => {
    const { clock, queue } = setUp();
    queue.add('resync', { priority: priorities.resync });
    queue.add('change-1');
    queue.add('change-2');
    queue.add('operator', { priority: priorities.operatorRequest });
    queue.add('deletion', { priority: priorities.deletion });
    expect(await takeAll(queue, clock)).toEqual(['operator', 'deletion', 'change-1', 'change-2', 'resync']);
  });

  test('additions made together are put in order although a worker is already waiting', async () => {
    const { queue } = setUp();
    const first = queue.get();
    queue.add('resync', { priority: priorities.resync });
    queue.add('operator', { priority: priorities.operatorRequest });
    expect(await first).toEqual({ key: 'operator', priority: 100 });
  });

  test('what was waiting goes behind what became ready before its time', async () => {
    const { clock, queue } = setUp();
    queue.add('delayed', { after: 1_000 });
    await clock.advance(500);
    queue.add('early');
    await clock.advance(1_000);
    queue.add('late');
    expect(await takeAll(queue, clock)).toEqual(['early', 'delayed', 'late']);
  });

  test('a raised priority puts a key at the end of its new priority', async () => {
    const { clock, queue } = setUp();
    queue.add('a', { priority: priorities.resync });
    queue.add('b');
    queue.add('a');
    expect(await takeAll(queue, clock)).toEqual(['b', 'a']);
  });
});

describe('a key that is added again', () => {
  test('is there once', async () => {
    const { clock, queue } = setUp();
    queue.add('a');
    queue.add('a');
    expect(queue.length).toBe(1);
    expect(await takeAll(queue, clock)).toEqual(['a']);
  });

  test('keeps the earlier time, whatever comes later', async () => {
    const { clock, queue } = setUp();
    queue.add('a', { after: 5_000 });
    queue.add('a', { after: 1_000 });
    queue.add('a', { after: 9_000 });
    await clock.advance(999);
    expect(await take(queue, clock)).toBeUndefined();
    await clock.advance(1);
    expect(await take(queue, clock)).toBe('a');
    await clock.advance(10_000);
    queue.done('a');
    expect(await take(queue, clock)).toBeUndefined();
  });
});

describe('a key that is being worked on', () => {
  test('is not handed out again before it is done, and an addition meanwhile is kept', async () => {
    const { clock, queue } = setUp();
    queue.add('a');
    expect(await take(queue, clock)).toBe('a');
    queue.add('a');
    expect(queue.length).toBe(1);
    expect(await take(queue, clock)).toBeUndefined();
    queue.done('a');
    expect(await take(queue, clock)).toBe('a');
  });

  test('does not hold up others', async () => {
    const { clock, queue } = setUp();
    queue.add('a');
    await queue.get();
    queue.add('a', { priority: priorities.operatorRequest });
    queue.add('b', { priority: priorities.resync });
    expect(await take(queue, clock)).toBe('b');
  });
});

describe('workers', () => {
  test('an idle worker is woken when the first delay ends', async () => {
    const { clock, queue } = setUp();
    const next = queue.get();
    queue.add('later', { after: 2_000 });
    queue.add('sooner', { after: 1_000 });
    await clock.advance(1_000);
    expect((await next)?.key).toBe('sooner');
    expect(clock.sleeping).toBe(0);
  });

  test('a worker that is told to stop gets nothing, and takes nothing from the others', async () => {
    const { clock, queue } = setUp();
    const stop = new AbortController();
    const stopped = queue.get(stop.signal);
    const staying = queue.get();
    queue.add('a', { after: 10 });
    await clock.settle();
    stop.abort();
    expect(await stopped).toBeUndefined();
    expect(await queue.get(stop.signal)).toBeUndefined();
    await clock.advance(10);
    expect((await staying)?.key).toBe('a');
  });

  test('a removed key is not handed out, and can be added again', async () => {
    const { clock, queue } = setUp();
    queue.add('ready');
    queue.add('waiting', { after: 10 });
    queue.remove('ready');
    queue.remove('waiting');
    await clock.advance(10);
    expect(queue.length).toBe(0);
    expect(await take(queue, clock)).toBeUndefined();
    queue.add('ready');
    expect(await take(queue, clock)).toBe('ready');
  });
});

test('the observer sees depth by priority, time in the queue and time at work', async () => {
  const seen: string[] = [];
  const { clock, queue } = setUp({
    depthChanged: (key, priority, by) => seen.push(`depth ${key} ${priority} ${by}`),
    added: (key) => seen.push(`added ${key}`),
    retried: (key) => seen.push(`retried ${key}`),
    started: (key, queuedFor) => seen.push(`started ${key} ${queuedFor}`),
    finished: (key, workedFor) => seen.push(`finished ${key} ${workedFor}`),
  });
  queue.add('a', { after: 1_000, retry: true });
  await clock.advance(1_500);
  queue.add('a', { priority: priorities.deletion });
  await take(queue, clock);
  expect(queue.running.get('a')).toBe(clock.now());
  await clock.advance(250);
  queue.done('a');
  expect(seen).toEqual([
    'retried a',
    'added a',
    'depth a 0 1',
    'depth a 0 -1',
    'depth a 50 1',
    'depth a 50 -1',
    'started a 500',
    'finished a 250',
  ]);
  expect(queue.running.size).toBe(0);
});

test('twenty thousand keys are queued, moved and handed out in well under a second', async () => {
  const { queue } = setUp();
  const started = performance.now();
  for (let index = 0; index < 20_000; index += 1)
    queue.add(`key-${index}`, { priority: priorities.resync, after: index % 100 });
  for (let index = 0; index < 20_000; index += 2)
    queue.add(`key-${index}`, { priority: priorities.manifestChange });
  for (let index = 0; index < 10_000; index += 1) {
    const item = await queue.get();
    expect(item?.priority).toBe(0);
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});

const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const delays = fc.constantFrom(0, 0, 1, 5, 10);
const ranks = fc.constantFrom(...Object.values(priorities));
const additions = fc.record({ do: fc.constant('add' as const), key: keys, priority: ranks, after: delays });
const steps = fc.oneof(
  { weight: 5, arbitrary: additions },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('take' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('done' as const), key: keys }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), key: keys }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), time: fc.nat({ max: 12 }) }) },
);

describe('for every sequence of events', () => {
  test('the queue does what the model does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 60 }), async (sequence) => {
        const { clock, queue } = setUp();
        const model = new QueueModel();
        for (const step of sequence) {
          let taken: readonly unknown[] = [];
          if (step.do === 'add') {
            queue.add(step.key, step);
            model.add(step.key, step, clock.now());
          } else if (step.do === 'take') {
            taken = [await take(queue, clock), model.take()];
          } else if (step.do === 'pass') {
            await clock.advance(step.time);
            model.pass(clock.now());
          } else {
            queue[step.do](step.key);
            model[step.do](step.key);
          }
          expect(taken[0]).toBe(taken[1]);
          expect(queue.length).toBe(model.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('no two workers have the same key, and each change is seen by a work that starts after it', async () => {
    const changes = fc.record({ key: keys, after: fc.nat({ max: 8 }), pause: fc.nat({ max: 5 }) });
    const sequences = fc.array(changes, { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(sequences, fc.integer({ min: 1, max: 4 }), async (sequence, workers) => {
        const { clock, queue } = setUp();
        const stop = new AbortController();
        const atWork = new Set<string>();
        const changedAt = new Map<string, number>();
        const startedAt = new Map<string, number>();
        let tick = 0;
        const running = Array.from({ length: workers }, async () => {
          for (;;) {
            const item = await queue.get(stop.signal);
            if (item === undefined) return;
            expect(atWork.has(item.key)).toBe(false);
            atWork.add(item.key);
            startedAt.set(item.key, (tick += 1));
            await clock.sleep(3);
            atWork.delete(item.key);
            queue.done(item.key);
          }
        });
        for (const { key, after, pause } of sequence) {
          queue.add(key, { after });
          changedAt.set(key, (tick += 1));
          await clock.advance(pause);
        }
        await clock.advance(8 + 3 * 6 * 2);
        for (const [key, change] of changedAt) expect(startedAt.get(key)).toBeGreaterThan(change);
        expect(queue.length).toBe(0);
        stop.abort();
        await Promise.all(running);
        expect(clock.sleeping).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
