import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Limiter } from '../../../controller/engine/limiter.ts';
import { FakeClock } from '../../fake-clock.ts';

/** Asks for so many calls at once; `done` holds the time at which each was let through. */
function ask(limiter: Limiter, clock: FakeClock, calls: number): { readonly done: number[] } {
  const done: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    void limiter.acquire().then(() => done.push(clock.now()));
  }
  return { done };
}

describe('Limiter', () => {
  test('lets everything through until something is refused', async () => {
    const clock = new FakeClock();
    const limiter = new Limiter(clock);
    const { done } = ask(limiter, clock, 1000);
    await clock.settle();
    expect(done).toHaveLength(1000);
    expect(limiter.rate).toBe(Number.POSITIVE_INFINITY);
  });

  test('a refusal cuts the rate that was measured', async () => {
    const clock = new FakeClock();
    const limiter = new Limiter(clock);
    ask(limiter, clock, 100);
    await clock.settle();
    limiter.throttled();
    expect(limiter.rate).toBeCloseTo(70);
  });

  test('refusals of calls that were already on their way cut it once', async () => {
    const clock = new FakeClock();
    const limiter = new Limiter(clock);
    ask(limiter, clock, 100);
    await clock.settle();
    for (let refusal = 0; refusal < 50; refusal += 1) limiter.throttled();
    expect(limiter.rate).toBeCloseTo(70);
  });

  test('never cuts below the floor', async () => {
    const clock = new FakeClock();
    const limiter = new Limiter(clock, { growth: 0 });
    for (let second = 0; second < 60; second += 1) {
      limiter.throttled();
      await clock.advance(1_000);
    }
    expect(limiter.rate).toBe(5);
  });

  test('grows by a fixed amount each second and is unlimited again after five quiet minutes', async () => {
    const clock = new FakeClock();
    const limiter = new Limiter(clock);
    limiter.throttled();
    await clock.advance(10_000);
    expect(limiter.rate).toBeCloseTo(55);
    await clock.advance(290_000);
    expect(limiter.rate).toBe(Number.POSITIVE_INFINITY);
  });

  test('lets calls through in the order of asking', async () => {
    const clock = new FakeClock();
    const limiter = new Limiter(clock, { growth: 0 });
    limiter.throttled();
    const order: number[] = [];
    for (let call = 0; call < 20; call += 1) void limiter.acquire().then(() => order.push(call));
    await clock.advance(10_000);
    expect(order).toEqual([...Array(20).keys()]);
    expect(clock.sleeping).toBe(0);
  });

  test('a fifth of all calls being refused at random does not starve it', async () => {
    const clock = new FakeClock();
    const limiter = new Limiter(clock);
    let done = 0;
    const worker = async (offset: number): Promise<void> => {
      for (let call = offset; ; call += 1) {
        await limiter.acquire();
        await clock.sleep(50);
        if (call % 5 === 0) limiter.throttled();
        else done += 1;
      }
    };
    for (let offset = 0; offset < 10; offset += 1) void worker(offset);
    await clock.advance(60_000);
    expect(done / 60).toBeGreaterThan(8);
  });

  test('whatever is asked and refused when, no second sees more than the limit and its burst', async () => {
    const step = fc.record({
      calls: fc.integer({ min: 0, max: 20 }),
      refused: fc.boolean(),
      pause: fc.integer({ min: 0, max: 3_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
        const clock = new FakeClock();
        const limiter = new Limiter(clock, { growth: 0 });
        ask(limiter, clock, 30);
        await clock.settle();
        limiter.throttled();
        const limit = limiter.rate;
        const asked: { readonly done: number[] }[] = [];
        for (const { calls, refused, pause } of steps) {
          asked.push(ask(limiter, clock, calls));
          if (refused) limiter.throttled();
          await clock.advance(pause);
        }
        await clock.advance(120_000);
        const times = asked.flatMap(({ done }) => done).sort((a, b) => a - b);
        expect(times).toHaveLength(steps.reduce((sum, { calls }) => sum + calls, 0));
        for (const time of times) {
          const within = times.filter((other) => other >= time && other < time + 1_000).length;
          expect(within).toBeLessThanOrEqual(2 * limit + 1);
        }
      }),
      { numRuns: 40 },
    );
  });
});
