import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parsePolicy,
  samePolicy,
  type PolicyDocument,
  type PolicyStatement,
} from '../../../reconcilers/aws/policy-document.ts';

const account = fc.stringMatching(/^\d{12}$/);
const action = fc.constantFrom('s3:GetObject', 's3:PutObject', 'kms:Decrypt', 'kms:*', 's3:*');
const resource = fc.constantFrom('*', 'arn:aws:s3:::one', 'arn:aws:s3:::one/*', 'arn:aws:s3:::Two');
const oneOrMore = (value: fc.Arbitrary<string>) => fc.uniqueArray(value, { minLength: 1, maxLength: 3 });

const statement: fc.Arbitrary<PolicyStatement> = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Principal: fc.oneof(
    fc.constant('*' as const),
    fc.record({ AWS: oneOrMore(account) }),
    fc.record({ Service: oneOrMore(fc.constantFrom('s3.amazonaws.com', 'ec2.amazonaws.com')) }),
  ),
  Action: oneOrMore(action),
  Resource: oneOrMore(resource),
  Condition: fc.record({
    StringEquals: fc.record({ 'aws:SourceAccount': oneOrMore(account) }),
    Bool: fc.record({ 'aws:SecureTransport': fc.constantFrom('true', 'false') }),
  }),
});
const document: fc.Arbitrary<PolicyDocument> = fc.record({
  Version: fc.constant('2012-10-17'),
  Statement: fc.array(statement, { minLength: 1, maxLength: 4 }),
});

/** The same, as AWS may give it back. */
function otherForm({ Statement, ...rest }: PolicyDocument): PolicyDocument {
  return { Statement: Statement.toReversed().map(otherFormOfStatement), ...rest };
}

function otherFormOfStatement({ Principal, ...rest }: PolicyStatement): PolicyStatement {
  const { Action = [], Resource = [], Condition = {} } = rest;
  return {
    ...Object.fromEntries(Object.entries(rest).toReversed()),
    Effect: rest.Effect,
    Principal: Principal === undefined ? '*' : otherFormOfPrincipal(Principal),
    Action: listOrOne(Action),
    Resource: listOrOne(Resource),
    Condition: Object.fromEntries(
      Object.entries(Condition)
        .toReversed()
        .map(([operator, keys]) => [
          operator,
          Object.fromEntries(
            Object.entries(keys).map(([key, values]) => [key.toUpperCase(), listOrOne(values)]),
          ),
        ]),
    ),
  };
}

function otherFormOfPrincipal(
  principal: NonNullable<PolicyStatement['Principal']>,
): PolicyStatement['Principal'] & {} {
  if (typeof principal === 'string') return { AWS: '*' };
  return Object.fromEntries(
    Object.entries(principal).map(([type, values]) => [
      type,
      type === 'AWS' ? [values].flat().map((id) => `arn:aws:iam::${id}:root`) : listOrOne(values),
    ]),
  );
}

/** A list of one as one, one as a list, and any other list the other way round. */
function listOrOne(values: string | readonly string[]): string | readonly string[] {
  if (typeof values === 'string') return [values];
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values.toReversed();
}

/** Policies of one statement: in longer ones, one statement can stand in for another. */
const single = fc.record({ Version: fc.constant('2012-10-17' as const), Statement: fc.tuple(statement) });

function allowing(Action: string, Resource: string): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] };
}

describe('samePolicy', () => {
  test('order, lists of one and the ways to write an account make no difference', () => {
    fc.assert(
      fc.property(document, (policy) => {
        expect(samePolicy(policy, otherForm(policy))).toBe(true);
      }),
    );
  });

  test('it is symmetric', () => {
    fc.assert(
      fc.property(document, document, (one, other) => {
        expect(samePolicy(one, other)).toBe(samePolicy(other, one));
      }),
    );
  });

  test('an action more is a difference', () => {
    fc.assert(
      fc.property(single, ({ Version, Statement: [only] }) => {
        const Action = [...[only.Action ?? []].flat(), 'iam:PassRole'];
        const more = { Version, Statement: [{ ...only, Action }] };
        expect(samePolicy({ Version, Statement: [only] }, more)).toBe(false);
      }),
    );
  });

  test('another effect is a difference', () => {
    fc.assert(
      fc.property(single, ({ Version, Statement: [only] }) => {
        const Effect = only.Effect === 'Allow' ? 'Deny' : 'Allow';
        const opposite: PolicyDocument = { Version, Statement: [{ ...only, Effect }] };
        expect(samePolicy({ Version, Statement: [only] }, opposite)).toBe(false);
      }),
    );
  });

  test('a statement more is a difference', () => {
    fc.assert(
      fc.property(document, ({ Version, Statement }) => {
        const more = { Version, Statement: [...Statement, ...allowing('iam:PassRole', '*').Statement] };
        expect(samePolicy({ Version, Statement }, more)).toBe(false);
      }),
    );
  });

  test('actions know no capitals, resources do', () => {
    expect(samePolicy(allowing('S3:getobject', 'a'), allowing('s3:GetObject', 'a'))).toBe(true);
    expect(samePolicy(allowing('s3:GetObject', 'A'), allowing('s3:GetObject', 'a'))).toBe(false);
  });

  test('no policy is the same as no policy only', () => {
    const policy: PolicyDocument = { Version: '2012-10-17', Statement: [] };
    expect(samePolicy(undefined, undefined)).toBe(true);
    expect(samePolicy(policy, undefined)).toBe(false);
  });
});

describe('parsePolicy', () => {
  test('reads what S3 and KMS give, and what IAM gives percent-encoded', () => {
    fc.assert(
      fc.property(document, (policy) => {
        const text = JSON.stringify(policy);
        expect(parsePolicy(text)).toEqual(policy);
        expect(parsePolicy(encodeURIComponent(text))).toEqual(policy);
      }),
    );
  });

  test('a statement outside of a list is a list of one', () => {
    const text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
    expect(parsePolicy(text)?.Statement).toEqual([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  });

  test('nothing is no policy, and something else is an error', () => {
    expect(parsePolicy(undefined)).toBeUndefined();
    expect(() => parsePolicy('{"Statement":[{"Effect":"Perhaps"}]}')).toThrow('a policy that is none');
  });
});
