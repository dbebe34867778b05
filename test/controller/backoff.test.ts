import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Backoff } from '../../controller/backoff.ts';
import {
  AccessDenied,
  Conflict,
  NotFound,
  NotReady,
  Terminal,
  Throttled,
} from '../../controller/engine/errors.ts';

const failure = new Error('the service answered 500');
const almostOne = 1 - Number.EPSILON;

function delays(backoff: Backoff, error: unknown, times: number): readonly number[] {
  return Array.from({ length: times }, () => backoff.next('FintechNetwork/production/core', error).after);
}

describe('errors', () => {
  test('double from two seconds to ten minutes at the most', () => {
    const backoff = new Backoff(() => almostOne);
    expect(delays(backoff, failure, 11).map((delay) => delay / 1_000)).toEqual([
      2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600,
    ]);
  });

  test('are never tried again in less than a second', () => {
    expect(delays(new Backoff(() => 0), failure, 12)).toEqual(Array.from({ length: 12 }, () => 1_000));
  });

  test('of two objects that failed together do not come back together', () => {
    const random = [0.25, 0.75];
    const backoff = new Backoff(() => random.shift() ?? 0);
    expect(backoff.next('a', failure).after).not.toBe(backoff.next('b', failure).after);
  });

  test('start anew after success, each object for itself', () => {
    const backoff = new Backoff(() => almostOne);
    backoff.next('a', failure);
    backoff.next('b', failure);
    backoff.forget('a');
    expect(backoff.next('a', failure).after).toBe(2_000);
    expect(backoff.next('b', failure).after).toBe(4_000);
  });

  test('that are no class of ours count as failures, whatever was thrown', () => {
    const backoff = new Backoff();
    for (const error of [failure, new NotFound('gone'), 'text', undefined])
      expect(backoff.next('a', error)).toMatchObject({ class: 'Error', countsAsFailure: true });
  });
});

describe('classes', () => {
  test('what is not ready is looked at often, and is no failure', () => {
    const backoff = new Backoff(() => almostOne);
    expect(delays(backoff, new NotReady('creating'), 19)).toEqual([
      250, 300, 360, 432, 518, 622, 746, 896, 1_075, 1_290, 1_548, 1_858, 2_229, 2_675, 3_210, 3_852, 4_622,
      5_000, 5_000,
    ]);
    expect(backoff.next('a', new NotReady('creating')).countsAsFailure).toBe(false);
    expect(backoff.next('FintechNetwork/production/core', failure).after).toBe(2_000);
  });

  test('what is not ready for a quarter of an hour is looked at every half a minute', () => {
    const waits = delays(new Backoff(() => almostOne), new NotReady('waits for somebody'), 300);
    const often = waits.filter((wait) => wait <= 5_000);
    const minutes = often.reduce((sum, wait) => sum + wait, 0) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThan(17);
    expect(waits.at(-1)).toBe(30_000);
  });

  test('throttling waits between two and thirty seconds, and is no failure', () => {
    expect(delays(new Backoff(() => 0), new Throttled('slow down'), 6)).toEqual(
      Array.from({ length: 6 }, () => 2_000),
    );
    const patient = new Backoff(() => almostOne);
    expect(delays(patient, new Throttled('slow down'), 5)).toEqual([4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(patient.next('a', new Throttled('slow down')).countsAsFailure).toBe(false);
  });

  test.each([
    [new Conflict('changed meanwhile'), 'Conflict', 1_000],
    [new AccessDenied('may not'), 'AccessDenied', 5 * 60_000],
    [new Terminal('InvalidSpec', 'wrong'), 'Terminal', 30 * 60_000],
  ])('%s is tried again after a fixed time', (error, name, after) => {
    const backoff = new Backoff();
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect(backoff.next('a', error)).toEqual({ class: name, after, countsAsFailure: true });
  });

  test('whatever happens, an object comes back within thirty minutes', () => {
    const errors = fc.constantFrom<unknown>(
      failure,
      new NotReady(''),
      new Throttled(''),
      new Conflict(''),
      new AccessDenied(''),
      new Terminal('NotEmpty', ''),
    );
    fc.assert(
      fc.property(
        fc.array(errors, { minLength: 1, maxLength: 2_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (sequence, random) => {
          const backoff = new Backoff(() => random);
          for (const error of sequence) {
            const { after } = backoff.next('a', error);
            expect(after).toBeGreaterThanOrEqual(250);
            expect(after).toBeLessThanOrEqual(30 * 60_000);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
