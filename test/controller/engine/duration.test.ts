import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, InvalidDuration, parseDuration } from '../../../controller/engine/duration.ts';

describe('durations', () => {
  test.each([
    ['250ms', 250],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1.5s', 1_500],
    ['7d', 604_800_000],
    ['0s', 0],
  ])('%s is %i milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each(['', '5', 'm', '5 m', '-5m', '5min', '5m x', '1e3s', '5M'])('"%s" is refused', (text) => {
    expect(() => parseDuration(text)).toThrow(InvalidDuration);
  });

  test('any number of milliseconds is read back from what is written', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 12 }), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
      }),
    );
  });
});
