import { isJsonObject, type JsonObject } from '../../controller/manifests/json.ts';

/** One value somewhere in a spec; undefined where there is none any more. */
export type Part = { readonly path: readonly string[]; readonly value: unknown };

/** The least that is not the same in both. Of lists of the same length, what differs within their items. */
export function partsChanged(before: unknown, after: unknown, path: readonly string[] = []): readonly Part[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const names = new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})]);
  const isOther = was === undefined || is === undefined || names.size === 0 || isOtherList(before, after);
  if (isOther) return [{ path, value: after }];
  return [...names].flatMap((name) => partsChanged(was[name], is[name], [...path, name]));
}

export function withParts(spec: JsonObject, [part, ...rest]: readonly Part[]): JsonObject {
  if (part === undefined) return spec;
  const [field = '', ...path] = part.path;
  return withParts({ ...spec, [field]: withPart(spec[field], path, part.value) }, rest);
}

/** Whether one is the other or holds it, so that not both can be as they are to be. */
export function disagree(one: Part, other: Part): boolean {
  const shared = Math.min(one.path.length, other.path.length);
  if (one.path.slice(0, shared).join('\n') !== other.path.slice(0, shared).join('\n')) return false;
  const isSame = one.path.length === other.path.length;
  return !isSame || JSON.stringify(one.value) !== JSON.stringify(other.value);
}

function withPart(whole: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(whole))
    return whole.map((item, index) => (String(index) === name ? withPart(item, rest, value) : item));
  const fields = isJsonObject(whole) ? whole : {};
  return { ...fields, [name]: withPart(fields[name], rest, value) };
}

function fieldsOf(value: unknown): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  return Array.isArray(value) && value.every(isJsonObject) ? Object.fromEntries(value.entries()) : undefined;
}

function isOtherList(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) && !Array.isArray(after)) return false;
  return !Array.isArray(before) || !Array.isArray(after) || before.length !== after.length;
}
