import { expect, test } from 'vitest';
import {
  coversVersion,
  isEarlierMajor,
  finalVersion,
  isOtherMajor,
  refusalOfMajor,
  versionOf,
} from '../../../../reconcilers/aws/rds/engine-version.ts';

test.each([
  ['15', '15.4', true],
  ['15', '15.10', true],
  ['15.4', '15.4', true],
  ['15.4', '15.10', true],
  ['15.4', '15.3', false],
  ['15.10', '15.9', false],
  ['15', '16.1', false],
  ['16', '15.8', false],
  ['15.4.1', '15.4', false],
])('a database that is wanted with %s and has %s: it is what was wanted is %s', (wanted, actual, covers) => {
  expect(coversVersion(wanted, actual)).toBe(covers);
});

test.each([
  ['15.8', '15.8', true],
  ['15.4', '15.8', false],
  ['15.4', '16.8', false],
  ['15', '15.8', true],
  ['15', '16.8', false],
  ['16', '16.8', true],
])('%s is wanted, 15.4 is there and %s waits: it is what was wanted is %s', (wanted, waiting, covers) => {
  const actual = versionOf('15.4', waiting);
  expect(coversVersion(wanted, actual)).toBe(covers);
  expect(finalVersion(actual)).toBe(waiting);
});

test('only the first number is the major version', () => {
  expect(isOtherMajor('15.4', '15.10')).toBe(false);
  expect(isOtherMajor('16', '15.10')).toBe(true);
});

test('a major upgrade is for a person to approve, a minor one and what is impossible are not', () => {
  expect(refusalOfMajor('16', '15.10')).toBe('a major upgrade from 15.10 to 16 cannot be undone');
  expect(refusalOfMajor('15.12', '15.10')).toBeUndefined();
  expect(refusalOfMajor('14', '15.10')).toBeUndefined();
  expect(refusalOfMajor('16', versionOf('15.4', '15.8'))).toBe(
    'a major upgrade from 15.8 to 16 cannot be undone',
  );
  expect(refusalOfMajor('15.4', versionOf('15.4', '16.8'))).toBeUndefined();
});

test('an earlier major version is told by its number, not by its letters', () => {
  expect(isEarlierMajor('9.6', '15.4')).toBe(true);
  expect(isEarlierMajor('15', '15.4')).toBe(false);
  expect(isEarlierMajor('16', '15.4')).toBe(false);
});
