import { hasUnknown } from './ref.ts';
import {
  isFields,
  type AnyResourceType,
  type Change,
  type FieldRule,
  type Fields,
  type Severity,
} from './resource-type.ts';

/**
 * Every difference between a wanted spec and an actual one, field by field as the type's rules say.
 * Fields that count only at creation are left out. A wanted value that is not known yet always differs.
 */
export function differences<Cloud>(
  type: Pick<AnyResourceType<Cloud>, 'fields'>,
  wanted: Fields,
  actual: Fields,
): readonly Change[] {
  const changes: Change[] = [];
  for (const [field, rule] of Object.entries(type.fields)) {
    if (rule.createOnly === true) continue;
    const to = wanted[field];
    const from = presentValue(rule, to, actual[field], actual);
    if (!isSame(rule, to, from)) collect({ field, severity: rule.severity }, field, from, to, changes);
  }
  return changes;
}

/** Deep equality of plain data, in which an undefined property is the same as none. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  if (!isFields(one) || !isFields(other)) return false;
  return (
    Object.keys(one).every((key) => same(one[key], other[key])) &&
    Object.keys(other).every((key) => other[key] === undefined || one[key] !== undefined)
  );
}

function presentValue(rule: FieldRule<unknown>, to: unknown, shown: unknown, actual: Fields): unknown {
  if (rule.withDefaults === undefined || to === undefined || shown === undefined) return shown;
  return hasUnknown(to) ? shown : rule.withDefaults(to, shown, actual);
}

function isSame(rule: FieldRule<unknown>, to: unknown, from: unknown): boolean {
  if (to === undefined || from === undefined || rule.equals === undefined) return same(to, from);
  return !hasUnknown(to) && rule.equals(to, from);
}

/** Goes down into objects as far as both sides are objects, so that a difference names the smallest part. */
function collect(
  rule: { readonly field: string; readonly severity: Severity },
  path: string,
  from: unknown,
  to: unknown,
  into: Change[],
): void {
  if (!isPlainObject(from) || !isPlainObject(to)) {
    into.push({ ...rule, path, from, to });
    return;
  }
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (!same(from[key], to[key])) collect(rule, `${path}.${key}`, from[key], to[key], into);
  }
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
