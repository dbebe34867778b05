import { paginateDescribeSecurityGroupRules } from '@aws-sdk/client-ec2';
import type { Aws } from '../cloud.ts';
import { addThenRemove } from './add-then-remove.ts';
import type { Direction } from './flow.ts';
import { authorize, describeRules, revoke } from './security-group-calls.ts';
import { ruleOf, type DescribedRule } from './security-group-permissions.ts';
import { formatRule } from './security-group-rule.ts';

const directions = ['ingress', 'egress'] as const;

export type ShownRule = DescribedRule & { readonly id: string };

/** Afterwards the group has exactly these rules. */
export async function writeRules(
  aws: Aws,
  groupId: string,
  wanted: ReadonlyMap<string, DescribedRule>,
): Promise<void> {
  const shown = await readRulesOf(aws, [groupId]);
  await Promise.all(directions.map((direction) => writeDirection(aws, groupId, direction, wanted, shown)));
}

/** The rules of these groups as they are now, with the ids by which they can be changed. */
export async function readRulesOf(
  { ec2: client, account }: Aws,
  groupIds: readonly string[],
): Promise<readonly (ShownRule & { readonly groupId: string })[]> {
  const Filters = [{ Name: 'group-id', Values: [...groupIds] }];
  const found: (ShownRule & { readonly groupId: string })[] = [];
  for await (const page of paginateDescribeSecurityGroupRules({ client }, { Filters }))
    for (const shown of page.SecurityGroupRules ?? []) {
      const described = ruleOf(shown, account);
      const { SecurityGroupRuleId: id = '', GroupId: groupId = '' } = shown;
      if (described !== undefined) found.push({ ...described, id, groupId });
    }
  return found;
}

export async function revokeRules(aws: Aws, groupId: string, rules: readonly ShownRule[]): Promise<void> {
  const byDirection = Map.groupBy(rules, ({ rule }) => rule.direction);
  await Promise.all([...byDirection].map(([direction, found]) => revoke(aws, groupId, direction, found)));
}

async function writeDirection(
  aws: Aws,
  groupId: string,
  direction: Direction,
  wanted: ReadonlyMap<string, DescribedRule>,
  shown: readonly ShownRule[],
): Promise<void> {
  const present = shown.filter(({ rule }) => rule.direction === direction);
  const texts = new Set(present.map(({ rule }) => formatRule(rule)));
  const added = [...wanted.values()].filter(
    ({ rule }) => rule.direction === direction && !texts.has(formatRule(rule)),
  );
  const extra = present.filter(({ rule }) => !wanted.has(formatRule(rule)));
  await addThenRemove(
    () => authorize(aws, groupId, direction, added),
    () => revoke(aws, groupId, direction, extra),
  );
  await describeRules(aws, groupId, direction, redescribed(present, wanted));
}

/** A description that is left out is removed. */
function redescribed(present: readonly ShownRule[], wanted: ReadonlyMap<string, DescribedRule>) {
  return present.flatMap(({ id: SecurityGroupRuleId, rule, description }) => {
    const Description = wanted.get(formatRule(rule))?.description ?? description;
    if (Description === description) return [];
    return [{ SecurityGroupRuleId, ...(Description === '' ? {} : { Description }) }];
  });
}
