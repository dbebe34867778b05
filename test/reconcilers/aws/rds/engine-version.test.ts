import { expect, test } from 'vitest';
import { coversVersion, isOtherMajor } from '../../../../reconcilers/aws/rds/engine-version.ts';

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

test('only the first number is the major version', () => {
  expect(isOtherMajor('15.4', '15.10')).toBe(false);
  expect(isOtherMajor('16', '15.10')).toBe(true);
});
