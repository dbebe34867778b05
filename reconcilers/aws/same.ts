import { same } from '../../controller/engine/compare.ts';

/** Equality of lists in which AWS keeps no order: rules, statements, ARNs. */
export function sameUnordered(wanted: readonly unknown[], actual: readonly unknown[]): boolean {
  return same(wanted.map(canonical).sort(), actual.map(canonical).sort());
}

/** One text for all plain data that means the same: keys in order, undefined left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isObject(part) ? withSortedKeys(part) : part)) ?? '';
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withSortedKeys(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
