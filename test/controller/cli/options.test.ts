import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { parseCount, parsePeriod, parseState } from '../../../controller/cli/options.ts';

describe('A place of the state', () => {
  it.each([
    ['.state', { directory: '.state' }],
    ['/var/s3://x', { directory: '/var/s3://x' }],
    ['s3://bucket', { bucket: 'bucket', prefix: '' }],
    ['s3://bucket/', { bucket: 'bucket', prefix: '' }],
    ['s3://bucket/a/b', { bucket: 'bucket', prefix: 'a/b' }],
  ])('written as %s is %j', (text, place) => {
    expect(parseState(text)).toEqual(place);
  });

  it.each(['s3://', 's3:///prefix'])('is refused as %s, with how to write it', (text) => {
    expect(() => parseState(text)).toThrow('Write it as s3://BUCKET/PREFIX.');
  });
});

it.each(['0', '-1', '1.5', 'many', '', 'Infinity'])('A count is not %j', (text) => {
  expect(() => parseCount(text)).toThrow(InvalidArgumentError);
});

it('A count is a whole number, and a period a duration', () => {
  expect(parseCount('12')).toBe(12);
  expect(parsePeriod('1m30s')).toBe(90_000);
  expect(() => parsePeriod('soon')).toThrow(InvalidArgumentError);
});
