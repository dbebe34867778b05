/**
 * Equality of settings as AWS sees them: a field that is undefined is a field that is not there, and the
 * order of keys says nothing.
 */
export function same(wanted: unknown, actual: unknown): boolean {
  return canonical(wanted) === canonical(actual);
}

/** For lists in which AWS keeps no order: rules, tags, ARNs. */
export function sameUnordered(wanted: readonly unknown[], actual: readonly unknown[]): boolean {
  return same(sorted(wanted), sorted(actual));
}

/** One text for all values that are the same. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isPlain(part) ? withSortedKeys(part) : part)) ?? '';
}

function sorted(items: readonly unknown[]): readonly string[] {
  return items.map(canonical).sort();
}

function withSortedKeys(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
