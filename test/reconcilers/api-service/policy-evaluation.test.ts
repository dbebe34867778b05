import { describe, expect, test } from 'vitest';
import type { PolicyDocument, PolicyStatement } from '../../../reconcilers/aws/policy-document.ts';
import { allows, type Request } from './policy-evaluation.ts';

const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:a/b-AbCdEf';
const request: Request = { action: 'secretsmanager:GetSecretValue', resource: secret };
const statement: PolicyStatement = { Effect: 'Allow', Action: request.action, Resource: secret };

const policyOf = (...Statement: readonly PolicyStatement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
});

function isAllowed(changes: Partial<PolicyStatement>, asked: Partial<Request> = {}): boolean {
  return allows([policyOf({ ...statement, ...changes })], { ...request, ...asked });
}

describe('A request is allowed', () => {
  test('only where a statement does, and none denies it, in whichever policy', () => {
    expect(allows([], request)).toBe(false);
    expect(allows([policyOf()], request)).toBe(false);
    expect(allows([policyOf(statement)], request)).toBe(true);
    const denied = { ...statement, Effect: 'Deny', Action: '*' } as const;
    expect(allows([policyOf(statement), policyOf(denied)], request)).toBe(false);
    expect(allows([policyOf(denied, statement)], request)).toBe(false);
    expect(allows([policyOf({ ...denied, Resource: 'arn:aws:s3:::*' }, statement)], request)).toBe(true);
  });

  test.each([
    ['secretsmanager:getsecretvalue', true],
    ['secretsmanager:Get*', true],
    ['secretsmanager:*', true],
    ['*', true],
    ['secretsmanager:GetSecret', false],
    ['secretsmanager:GetSecretValue?', false],
    ['kms:*', false],
  ])('of the action %s: %s', (Action, expected) => {
    expect(isAllowed({ Action })).toBe(expected);
    expect(isAllowed({ Action: ['iam:PassRole', Action] })).toBe(expected);
  });

  test.each([
    ['*', true],
    ['arn:aws:secretsmanager:*:123456789012:secret:a/b-??????', true],
    ['arn:aws:secretsmanager:*:123456789012:secret:a/*', true],
    ['arn:aws:secretsmanager:*', true],
    ['arn:aws:s3:*', false],
    ['arn:aws:secretsmanager:*:123456789012:secret:a/b-?????', false],
    ['arn:aws:secretsmanager:*:123456789012:secret:A/*', false],
    ['arn:aws:secretsmanager:*:210987654321:*', false],
  ])('on the resource %s: %s', (Resource, expected) => {
    expect(isAllowed({ Resource })).toBe(expected);
  });

  test('on what is not excepted, and not of what is', () => {
    const { Action: _, Resource: __, ...rest } = statement;
    const all = { ...rest, NotAction: 'iam:*', NotResource: 'arn:aws:s3:::*' };
    expect(allows([policyOf(all)], request)).toBe(true);
    expect(allows([policyOf(all)], { ...request, action: 'iam:GetRole' })).toBe(false);
    expect(allows([policyOf(all)], { ...request, resource: 'arn:aws:s3:::mine' })).toBe(false);
  });
});

describe('A condition', () => {
  const both = { StringEquals: { 'aws:SourceAccount': ['1', '2'], 'kms:ViaService': 'here' } };

  test.each([
    [{ 'aws:SourceAccount': '2', 'KMS:viaservice': 'here' }, true],
    [{ 'aws:SourceAccount': '3', 'kms:ViaService': 'here' }, false],
    [{ 'aws:SourceAccount': '1' }, false],
    [{}, false],
  ])('has to be met with all its keys, by one value of each: %j', (context, expected) => {
    expect(isAllowed({ Condition: both }, { context })).toBe(expected);
  });

  test.each([
    ['StringLike', 'ecs-*', 'ecs-tasks', true],
    ['StringEquals', 'ecs-*', 'ecs-tasks', false],
    ['StringEquals', 'ECS', 'ecs', false],
    ['ArnLike', 'arn:aws:ecs:us-east-1:1:*', 'arn:aws:ecs:us-east-1:1:task/a:b', true],
    ['ArnLike', 'arn:aws:ecs:us-east-1:*', 'arn:aws:ecs:us-east-1:1:task/a', false],
    ['Bool', 'true', 'true', true],
    ['Bool', 'true', 'false', false],
    ['Null', 'true', 'there', false],
    ['Null', 'false', 'there', true],
  ])('%s %s with %s: %s', (operator, wanted, key, expected) => {
    const Condition = { [operator]: { key: wanted } };
    expect(isAllowed({ Condition }, { context: { key } })).toBe(expected);
    expect(isAllowed({ Condition })).toBe(operator === 'Null' && wanted === 'true');
  });
});

describe('The policy of a resource', () => {
  const principal = 'arn:aws:iam::123456789012:role/mine';
  const root = { AWS: 'arn:aws:iam::123456789012:root' };

  test.each<readonly [PolicyStatement['Principal'], string, boolean]>([
    [{ Service: 'cloudwatch.amazonaws.com' }, 'cloudwatch.amazonaws.com', true],
    [{ Service: 'cloudwatch.amazonaws.com' }, 'sns.amazonaws.com', false],
    [{ Service: 'cloudwatch.amazonaws.com' }, principal, false],
    [root, principal, true],
    [root, 'arn:aws:iam::210987654321:role/theirs', false],
    [root, 'cloudwatch.amazonaws.com', false],
    [{ AWS: [principal] }, principal, true],
    ['*', 'arn:aws:iam::210987654321:role/theirs', true],
  ])('for %j is one for %s: %s', (Principal, who, expected) => {
    expect(isAllowed({ ...(Principal && { Principal }) }, { principal: who })).toBe(expected);
  });

  test('that names no resource is about that resource', () => {
    const { Resource: _, ...rest } = statement;
    expect(allows([policyOf({ ...rest, Principal: root })], { ...request, principal })).toBe(true);
    expect(allows([policyOf(rest)], request)).toBe(false);
  });
});

test.each<readonly [string, Partial<PolicyStatement>, Partial<Request>]>([
  ['a variable', { Resource: 'arn:aws:s3:::${aws:username}' }, {}],
  ['another operator', { Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }, {}],
  ['everybody but one', { NotPrincipal: '*' }, {}],
  ['a principal where the policy is of one', {}, { principal: 'arn:aws:iam::123456789012:role/mine' }],
  ['federated principals', { Principal: { Federated: 'example.com' } }, { principal: 'example.com' }],
])('Of %s nothing is guessed', (_, changes, asked) => {
  expect(() => isAllowed(changes, asked)).toThrow(/not/);
});
