import { expect, test } from 'vitest';
import {
  keepImages,
  parseLifecycle,
  sameLifecycle,
} from '../../../../reconcilers/aws/ecr/lifecycle-policy.ts';

const policy = keepImages(10, 7);

test('a policy is the same in whatever order its rules, their fields and their patterns are', () => {
  const [untagged = {}, tagged = {}] = policy.rules;
  const patterns = (...tagPatternList: readonly string[]) => ({
    rules: [untagged, { ...tagged, selection: { tagStatus: 'tagged', tagPatternList } }],
  });
  const turned = { rules: [Object.fromEntries(Object.entries(tagged).toReversed()), untagged] };
  expect(sameLifecycle(policy, turned)).toBe(true);
  expect(sameLifecycle(patterns('a', 'b'), patterns('b', 'a'))).toBe(true);
  expect(sameLifecycle(patterns('a', 'b'), patterns('a'))).toBe(false);
});

test('a policy is another one with another number, one rule less, or none', () => {
  expect(sameLifecycle(policy, keepImages(11, 7))).toBe(false);
  expect(sameLifecycle(policy, keepImages(10, 8))).toBe(false);
  expect(sameLifecycle(policy, { rules: policy.rules.slice(1) })).toBe(false);
  expect(sameLifecycle(policy, undefined)).toBe(false);
  expect(sameLifecycle(undefined, undefined)).toBe(true);
});

test('what ECR returns is read, and what is no policy is refused', () => {
  expect(parseLifecycle(JSON.stringify(policy))).toEqual(policy);
  expect(parseLifecycle(undefined)).toBeUndefined();
  expect(() => parseLifecycle('{"rules": [1]}')).toThrow('a lifecycle policy that is none');
});
