import { same } from '../../controller/engine/compare.ts';
import { isFields } from '../../controller/engine/resource-type.ts';

/** Equality of lists in which AWS keeps no order: rules, statements, ARNs. */
export function sameUnordered(wanted: readonly unknown[], actual: readonly unknown[]): boolean {
  return same(wanted.map(canonical).sort(), actual.map(canonical).sort());
}

/** One text for all plain data that means the same: keys in order, undefined left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isFields(part) ? withSortedKeys(part) : part)) ?? '';
}

function withSortedKeys(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
