import { paginateDescribeSecurityGroupRules } from '@aws-sdk/client-ec2';
import type { Aws } from '../../cloud.ts';
import { addThenRemove } from '../add-then-remove.ts';
import type { Direction } from '../flow.ts';
import { authorize, describeRules, revoke } from './security-group-calls.ts';
import { ruleOf, type DescribedRule } from './security-group-permissions.ts';
import { formatRule, type KnownRule } from './security-group-rule.ts';

const directions = ['ingress', 'egress'] as const;

export type ShownRule = DescribedRule & { readonly id: string };

/**
 * Afterwards the group has exactly these rules, and those that are still to be revoked, which are in the answer:
 * ones of another group for which that group gets others now. It lets the same through from its side, and may do
 * so only a moment later.
 */
export async function writeRules(
  aws: Aws,
  groupId: string,
  wanted: ReadonlyMap<string, DescribedRule>,
): Promise<readonly ShownRule[]> {
  const shown = await readRulesOf(aws, [groupId]);
  const kept = await Promise.all(
    directions.map((direction) => writeDirection(aws, groupId, direction, wanted, shown)),
  );
  return kept.flat();
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
): Promise<readonly ShownRule[]> {
  const present = shown.filter(({ rule }) => rule.direction === direction);
  const texts = new Set(present.map(({ rule }) => formatRule(rule)));
  const added = [...wanted.values()].filter(
    ({ rule }) => rule.direction === direction && !texts.has(formatRule(rule)),
  );
  const extra = present.filter(({ rule }) => !wanted.has(formatRule(rule)));
  const superseded = extra.filter(({ rule }) => added.some((other) => haveSameGroup(rule, other.rule)));
  let kept = superseded;
  await addThenRemove(
    () => authorize(aws, groupId, direction, added),
    () => revoke(aws, groupId, direction, without(extra, superseded)),
    () => {
      kept = [];
      return revoke(aws, groupId, direction, extra);
    },
  );
  await describeRules(aws, groupId, direction, redescribed(without(present, extra), wanted));
  return kept;
}

function haveSameGroup({ peer: one }: KnownRule, { peer: other }: KnownRule): boolean {
  return 'groupId' in one && 'groupId' in other && one.groupId === other.groupId;
}

function without(rules: readonly ShownRule[], others: readonly ShownRule[]): readonly ShownRule[] {
  return rules.filter((rule) => !others.includes(rule));
}

/** A description that is left out is removed. */
function redescribed(present: readonly ShownRule[], wanted: ReadonlyMap<string, DescribedRule>) {
  return present.flatMap(({ id: SecurityGroupRuleId, rule, description }) => {
    const Description = wanted.get(formatRule(rule))?.description ?? description;
    if (Description === description) return [];
    return [{ SecurityGroupRuleId, ...(Description === '' ? {} : { Description }) }];
  });
}
