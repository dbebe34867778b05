import type {
  PolicyDocument,
  PolicyPrincipal,
  PolicyStatement,
} from '../../../reconcilers/aws/policy-document.ts';

/** What somebody asks AWS for. */
export type Request = {
  readonly action: string;
  readonly resource: string;
  /** By name of the condition key. */
  readonly context?: Readonly<Record<string, string>>;
  /** Where the policy is one of a resource: `arn:aws:iam::123456789012:role/...`, or `ecs-tasks.amazonaws.com`. */
  readonly principal?: string;
};

/**
 * Whether policies of one sort allow a request, as AWS decides: nothing is allowed unless a statement does, and no
 * statement may deny it. What these policies do not use makes it throw, so that nothing is taken for what it is not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows(policies: readonly PolicyDocument[], request: Request): boolean {
  const concerned = policies.flatMap(({ Statement }) => Statement.filter((one) => concerns(one, request)));
  return concerned.length > 0 && concerned.every(({ Effect }) => Effect === 'Allow');
}

function concerns(
  statement: PolicyStatement,
  { action, resource, principal, context = {} }: Request,
): boolean {
  const { Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition = {} } = statement;
  if (NotPrincipal !== undefined) throw new Error('NotPrincipal is not evaluated');
  if ((Principal === undefined) !== (principal === undefined))
    throw new Error('A policy of a resource names principals, and one of a principal does not');
  return (
    (Principal === undefined || principal === undefined || isOf(Principal, principal)) &&
    matchesOne(action.toLowerCase(), Action, NotAction, (pattern) => glob(pattern.toLowerCase())) &&
    // The policy that says whom a role trusts is about that role alone, and names no resource.
    (Resource === undefined && NotResource === undefined
      ? Principal !== undefined
      : matchesOne(resource, Resource, NotResource, glob)) &&
    Object.entries(Condition).every(([operator, keys]) => isMet(operator, keys, context))
  );
}

type Matcher = (pattern: string) => (value: string) => boolean;

/** One of what is listed, or none of what is excepted. */
function matchesOne(
  value: string,
  listed: string | readonly string[] | undefined,
  excepted: string | readonly string[] | undefined,
  matcher: Matcher,
): boolean {
  const isAmong = (patterns: string | readonly string[]) =>
    [patterns].flat().some((pattern) => matcher(pattern)(value));
  if (listed !== undefined) return isAmong(listed);
  return excepted !== undefined && !isAmong(excepted);
}

/**
 * `*` are any characters, colons of an ARN among them, `?` is one. Variables are refused: they would be text here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function glob(pattern: string): (value: string) => boolean {
  if (pattern.includes('${')) throw new Error(`${pattern} has a variable, which is not evaluated`);
  const source = pattern.replaceAll(/[.+^$(){}|[\]\\]/g, String.raw`\$&`);
  const expression = new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
  return (value) => expression.test(value);
}

/** Of the six parts that colons make, of which the last may have more of them, each is looked at alone. */
function arnPattern(pattern: string): (arn: string) => boolean {
  const patterns = partsOf(pattern).map(glob);
  return (arn) => {
    const parts = partsOf(arn);
    return (
      parts.length === patterns.length && patterns.every((matches, index) => matches(parts[index] ?? ''))
    );
  };
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function isMet(
  operator: string,
  keys: Readonly<Record<string, string | readonly string[]>>,
  context: Readonly<Record<string, string>>,
): boolean {
  const known = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(keys).every(([key, wanted]) => {
    const value = known.get(key.toLowerCase());
    const matchers = [wanted].flat().map((one) => matcherOf(operator, one));
    return matchers.some((matches) => matches(value));
  });
}

/** A key that the request does not have meets no condition but that it be absent. */
function matcherOf(operator: string, wanted: string): (value: string | undefined) => boolean {
  switch (operator) {
    case 'StringEquals':
      return ifThere((value) => value === wanted);
    case 'StringLike':
      return ifThere(glob(wanted));
    case 'ArnLike':
    case 'ArnEquals':
      return ifThere(arnPattern(wanted));
    case 'Bool':
      return ifThere((value) => value === wanted);
    case 'Null':
      return (value) => (value === undefined) === (wanted === 'true');
    default:
      throw new Error(`The condition ${operator} is not evaluated`);
  }
}

function ifThere(matches: (value: string) => boolean): (value: string | undefined) => boolean {
  return (value) => value !== undefined && matches(value);
}

/** Who an account's root stands for is everybody in it, as far as their own policies go. */
function isOf(principals: PolicyPrincipal, principal: string): boolean {
  if (typeof principals === 'string') return true;
  const account = /^arn:aws:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
  return Object.entries(principals).some(([type, named]) =>
    [named].flat().some((one) => {
      if (type === 'Service') return one === principal;
      if (type !== 'AWS') throw new Error(`Principals of ${type} are not evaluated`);
      return one === '*' || one === principal || one === account || one === `arn:aws:iam::${account}:root`;
    }),
  );
}
