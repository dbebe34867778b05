import { describe, expect, test } from 'vitest';
import { formatAge, parseRfc3339, systemClock, toRfc3339 } from '../../controller/time.ts';
import { FakeClock } from '../fake-clock.ts';

describe('ages', () => {
  test.each([
    [0, '0s'],
    [119_000, '119s'],
    [125_000, '2m5s'],
    [30 * 60_000, '30m'],
    [200 * 60_000, '3h20m'],
    [30 * 3_600_000, '30h'],
    [49 * 3_600_000, '2d1h'],
    [100 * 86_400_000, '100d'],
    [3 * 365 * 86_400_000, '3y'],
    [9 * 365 * 86_400_000, '9y'],
  ])('an age of %i milliseconds reads as in kubectl: %s', (milliseconds, text) => {
    expect(formatAge(milliseconds)).toBe(text);
  });
});

describe('times', () => {
  test('are written to the second in UTC', () => {
    expect(toRfc3339(Date.UTC(2026, 1, 3, 4, 5, 6, 789))).toBe('2026-02-03T04:05:06Z');
  });

  test('are read with offsets and fractions', () => {
    expect(parseRfc3339('2026-02-03T04:05:06Z')).toBe(Date.UTC(2026, 1, 3, 4, 5, 6));
    expect(parseRfc3339('2026-02-03T05:05:06.500+01:00')).toBe(Date.UTC(2026, 1, 3, 4, 5, 6, 500));
  });

  test.each([
    '',
    'tomorrow',
    '2026-02-03',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-02-03T25:00:00Z',
  ])('"%s" is no time', (text) => {
    expect(parseRfc3339(text)).toBeUndefined();
  });
});

describe('the system clock', () => {
  test('sleeps as long as it is told, and not shorter', async () => {
    const started = performance.now();
    await systemClock.sleep(20);
    expect(performance.now() - started).toBeGreaterThanOrEqual(20);
  });

  test('a sleep ends with the reason of the signal', async () => {
    const stop = new AbortController();
    const reason = new Error('the daemon is stopping');
    const sleep = systemClock.sleep(2 ** 40, stop.signal);
    stop.abort(reason);
    await expect(sleep).rejects.toBe(reason);
    await expect(systemClock.sleep(1, stop.signal)).rejects.toBe(reason);
  });
});

test('the fake clock wakes sleepers in the order of their times, and each sees its own time', async () => {
  const clock = new FakeClock(0);
  const woken: string[] = [];
  const sleep = async (name: string, milliseconds: number): Promise<void> => {
    await clock.sleep(milliseconds);
    woken.push(`${name} at ${clock.now()}`);
  };
  const sleeps = [sleep('late', 20), sleep('early', 10).then(() => sleep('again', 5)), sleep('never', 99)];
  await clock.advance(30);
  expect(woken).toEqual(['early at 10', 'again at 15', 'late at 20']);
  expect(clock.now()).toBe(30);
  await clock.advance(69);
  await Promise.all(sleeps);
});
