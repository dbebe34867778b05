import { Terminal } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import type { Direction } from '../flow.ts';
import type { KnownPeer, Peer } from './security-group-peer.ts';
import type { DescribedRule } from './security-group-permissions.ts';
import { formatRule, parseRule, type Rule } from './security-group-rule.ts';
import { groupsNamed } from './security-group-search.ts';
import type { SecurityGroupSpec } from './security-group-spec.ts';

type WantedRule = { readonly rule: Rule; readonly description: string };

/** What can be asked for, by its text, and the names of groups that have to exist for the rest. */
export type Resolved = {
  readonly rules: ReadonlyMap<string, DescribedRule>;
  readonly missing: readonly string[];
};

/** Throws if a rule of the spec is none. */
export function readRules(spec: SecurityGroupSpec): readonly WantedRule[] {
  return [...readDirection('ingress', spec.ingress), ...readDirection('egress', spec.egress)];
}

/** Looks for the groups that rules call by name. */
export async function resolveRules(aws: Aws, spec: SecurityGroupSpec, ownId: string): Promise<Resolved> {
  const wanted = readRules(spec);
  const names = [...new Set(wanted.flatMap(({ rule }) => nameIn(rule.peer) ?? []))];
  const ids = await idsOf(aws, spec, ownId, names);
  const rules = wanted.flatMap(({ rule, description }) => {
    const peer = known(rule.peer, ids);
    return peer === undefined ? [] : [{ rule: { ...rule, peer }, description }];
  });
  return {
    rules: new Map(rules.map((described) => [formatRule(described.rule), described])),
    missing: names.filter((name) => !ids.has(name)),
  };
}

function readDirection(direction: Direction, rules: Readonly<Record<string, string>>): readonly WantedRule[] {
  return Object.entries(rules).map(([text, description]) => {
    const rule = parseRule(text);
    if (rule?.direction !== direction)
      throw new Terminal('InvalidSpec', `has no ${direction} rule that reads "${text}"`);
    return { rule, description };
  });
}

async function idsOf(
  aws: Aws,
  { vpcId, groupName: ownName }: SecurityGroupSpec,
  ownId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const others = names.filter((name) => name !== ownName);
  const found = others.length === 0 ? [] : await groupsNamed(aws, vpcId, others);
  return new Map([
    [ownName, ownId],
    ...found.map(({ GroupName = '', GroupId = '' }) => [GroupName, GroupId] as const),
  ]);
}

function nameIn(peer: Peer): string | undefined {
  return 'groupName' in peer ? peer.groupName : undefined;
}

function known(peer: Peer, ids: ReadonlyMap<string, string>): KnownPeer | undefined {
  if (!('groupName' in peer)) return peer;
  const groupId = ids.get(peer.groupName);
  return groupId === undefined ? undefined : { groupId, account: undefined };
}
