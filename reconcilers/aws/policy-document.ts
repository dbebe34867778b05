import { isFields } from '../../controller/engine/resource-type.ts';
import { canonical } from './same.ts';

/** A policy as IAM, S3 and KMS take it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export type PolicyDocument = {
  readonly Version: '2012-10-17' | '2008-10-17';
  readonly Id?: string;
  readonly Statement: readonly PolicyStatement[];
};

export type PolicyStatement = {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PolicyPrincipal;
  readonly NotPrincipal?: PolicyPrincipal;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
};

export type PolicyPrincipal = '*' | Readonly<Record<string, OneOrMore>>;

type OneOrMore = string | readonly string[];

/**
 * Whether two policies mean the same to AWS, which keeps neither order nor form: statements and lists are
 * sets, one value is a list of one, and an account as principal is shown as the ARN of its root.
 */
export function samePolicy(wanted: PolicyDocument | undefined, actual: PolicyDocument | undefined): boolean {
  if (wanted === undefined || actual === undefined) return wanted === actual;
  return canonical(normalDocument(wanted)) === canonical(normalDocument(actual));
}

/** A policy as a service returns it: JSON, percent-encoded by IAM. */
export function parsePolicy(text: string | undefined): PolicyDocument | undefined {
  if (text === undefined || text === '') return undefined;
  const parsed: unknown = JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
  if (!isFields(parsed)) throw new Error(`AWS returned a policy that is none: ${text.slice(0, 100)}`);
  const { Statement } = parsed;
  // A single statement need not be in a list.
  const document = {
    Version: '2008-10-17',
    ...parsed,
    Statement: Array.isArray(Statement) ? Statement : [Statement],
  };
  if (!isPolicyDocument(document))
    throw new Error(`AWS returned a policy that is none: ${text.slice(0, 100)}`);
  return document;
}

function isPolicyDocument(value: Readonly<Record<string, unknown>>): value is PolicyDocument {
  const { Version, Statement } = value;
  return (
    (Version === '2012-10-17' || Version === '2008-10-17') &&
    Array.isArray(Statement) &&
    Statement.every(
      (statement: unknown) =>
        isFields(statement) && (statement['Effect'] === 'Allow' || statement['Effect'] === 'Deny'),
    )
  );
}

function normalDocument({ Version, Id, Statement }: PolicyDocument): unknown {
  return { Version, Id, Statement: Statement.map(normalStatement).map(canonical).sort() };
}

function normalStatement(statement: PolicyStatement): unknown {
  const { Principal, NotPrincipal, Action, NotAction, Condition } = statement;
  return {
    ...statement,
    Sid: statement.Sid === '' ? undefined : statement.Sid,
    Principal: Principal && normalPrincipal(Principal),
    NotPrincipal: NotPrincipal && normalPrincipal(NotPrincipal),
    // IAM does not tell capitals from small letters in actions, and in nothing else.
    Action: Action && normalSet(asList(Action).map((action) => action.toLowerCase())),
    NotAction: NotAction && normalSet(asList(NotAction).map((action) => action.toLowerCase())),
    Resource: statement.Resource && normalSet(statement.Resource),
    NotResource: statement.NotResource && normalSet(statement.NotResource),
    Condition: Condition && normalCondition(Condition),
  };
}

/** `*` and `{ AWS: '*' }` are the same in a resource policy. */
function normalPrincipal(principal: PolicyPrincipal): unknown {
  if (typeof principal === 'string') return { AWS: ['*'] };
  return Object.fromEntries(
    Object.entries(principal).map(([type, values]) => [
      type,
      normalSet(type === 'AWS' ? asList(values).map(accountOrArn) : values),
    ]),
  );
}

/** AWS shows `123456789012` as `arn:aws:iam::123456789012:root`. */
function accountOrArn(principal: string): string {
  return /^arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;
}

/** Operators stay as they are; their keys know no capitals, and their values are sets of texts. */
function normalCondition(condition: NonNullable<PolicyStatement['Condition']>): unknown {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, values]) => [
          key.toLowerCase(),
          normalSet(asList(values).map((value: unknown) => String(value))),
        ]),
      ),
    ]),
  );
}

function normalSet(values: OneOrMore): readonly string[] {
  return [...new Set(asList(values))].sort();
}

function asList(values: OneOrMore): readonly string[] {
  return typeof values === 'string' ? [values] : asArray(values);
}

/** Conditions may hold bare numbers and booleans, which JSON keeps as they are. */
function asArray(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.map(String) : [String(values)];
}
