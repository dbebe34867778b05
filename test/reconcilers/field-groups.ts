import type { JsonObject } from '../../controller/manifests/json.ts';
import type { ByField, Changed } from './field-cases.ts';
import { disagree, partsChanged, withParts, type Part } from './spec-parts.ts';

/** So many that a failure still tells which of them it is. */
const mostInGroup = 8;

const retainedTag = 'fintech.global/retained';

/** Cases that are tested at once, or one right after the other, and their fields as a test names them. */
export type Group<Case> = readonly [fields: string, cases: ByField<Case>];

type Member = {
  readonly field: string;
  readonly one: Changed;
  readonly parts: readonly Part[];
  readonly places: readonly Place[];
  readonly touches: readonly Place[];
};

/** Where something changes in AWS; it is open where anything may follow. */
type Place = { readonly path: string; readonly isOpen: boolean };

/** Each by itself. */
export function eachOf<Case>(cases: ByField<Case>): readonly Group<Case>[] {
  return Object.entries(cases).map(([field, one]) => [field, { [field]: one }]);
}

/** All in one group, if there are any. */
export function inOne<Case>(cases: ByField<Case>): readonly Group<Case>[] {
  const fields = Object.keys(cases);
  return fields.length === 0 ? [] : [[fields.join(' and '), cases]];
}

/** Few groups without two in one that would disturb each other; those that leave something behind come last. */
export function groupsOf(spec: JsonObject, cases: ByField<Changed>): readonly Group<Changed>[] {
  const members = Object.entries(cases).map(([field, one]) => memberOf(spec, field, one));
  const claims = new Map(members.map((member) => [member, claimOf(member, members)]));
  const claim = (member: Member) => claims.get(member) ?? 0;
  const groups: Member[][] = [];
  for (const member of members.toSorted((one, other) => claim(other) - claim(one))) {
    const fitting = groups.find(
      (group) => group.length < mostInGroup && !group.some((other) => disturb(member, other)),
    );
    if (fitting === undefined) groups.push([member]);
    else fitting.push(member);
  }
  return groups
    .toReversed()
    .flatMap((group) => inOne(Object.fromEntries(group.map(({ field, one }) => [field, one]))));
}

/** With all of them changed; of what disagrees, the last counts. */
export function together(spec: JsonObject, cases: ByField<Changed>): JsonObject {
  const parts = Object.values(cases).flatMap(({ change }) => partsChanged(spec, { ...spec, ...change }));
  return withParts(spec, parts);
}

function memberOf(spec: JsonObject, field: string, one: Changed): Member {
  return {
    field,
    one,
    parts: partsChanged(spec, { ...spec, ...one.change }),
    places: one.changes.map(placeOf),
    touches: (one.touches ?? []).map(placeOf),
  };
}

/**
 * Who finds a group first: what leaves something behind, so that few groups do, and then what disturbs the most others,
 * so that the rest fits in anywhere.
 */
function claimOf(member: Member, members: readonly Member[]): number {
  const { leaves = [], isFinal } = member.one;
  const disturbed = members.filter((other) => disturb(member, other)).length;
  return (isFinal === true || leaves.length > 0 ? members.length : 0) + disturbed;
}

/** They change the same in the manifest or in AWS, or one is not changed back, or deletes what the other leaves. */
function disturb(one: Member, other: Member): boolean {
  if (one.one.isFinal === true || other.one.isFinal === true) return true;
  if ((isOfDeletion(one) && isOfRetained(other)) || (isOfDeletion(other) && isOfRetained(one))) return true;
  if (one.parts.some((part) => other.parts.some((another) => disagree(part, another)))) return true;
  return meet(one.places, other.places) || meet(one.touches, other.places) || meet(one.places, other.touches);
}

function isOfDeletion({ parts }: Member): boolean {
  return parts.some(({ path: [field] }) => field === 'deletionPolicy');
}

function isOfRetained({ one: { changes, leaves = [] } }: Member): boolean {
  return [...changes, ...leaves].some((change) => change.includes(retainedTag));
}

function meet(some: readonly Place[], others: readonly Place[]): boolean {
  return some.some((one) => others.some((other) => overlap(one, other)));
}

/** Whether one can be the other, or be within it. */
function overlap(one: Place, other: Place): boolean {
  const [outer, inner] = one.path.length <= other.path.length ? [one, other] : [other, one];
  if (!inner.path.startsWith(outer.path)) return false;
  const next = inner.path[outer.path.length];
  return outer.isOpen || next === undefined || next === '.';
}

/** Of `path: from → to`; all of a resource that is retained, since nothing else of it is changed any more. */
function placeOf(change: string): Place {
  const [path = ''] = change.split(': ');
  if (change.includes(retainedTag) && /\.tags\b/i.test(path))
    return { path: path.replace(/\.tags\b.*$/i, ''), isOpen: false };
  const [known = ''] = path.split('*');
  return { path: known, isOpen: known !== path };
}
