import { expect, test } from 'vitest';
import { suggest, suggestOrComplete } from '../../../controller/manifests/suggest.ts';

const fields = ['versioning', 'bucketName', 'prefixes', 'prefix', 'lifecycle', 'id'];

test.each([
  ['versionning', 'versioning'],
  ['BUCKETNAME', 'bucketName'],
  ['bukcetName', 'bucketName'],
  ['prefixs', 'prefixes'],
  ['di', 'id'],
  ['colour', undefined],
  ['', undefined],
])('%s was meant to be %s', (text, meant) => {
  expect(suggest(text, fields)).toBe(meant);
});

test('a beginning is completed if only one candidate has it', () => {
  expect(suggestOrComplete('life', fields)).toBe('lifecycle');
  expect(suggestOrComplete('lifecycleRules', fields)).toBe('lifecycle');
  expect(suggestOrComplete('pre', fields)).toBeUndefined();
  expect(suggestOrComplete('v', fields)).toBeUndefined();
});
