/**
 * What a status has at the end of a path: `subnets.app.0.id`. In a list `*` stands for all of its items, and `%4` for
 * the item at 4, counted round and round. Undefined where any of it is not known yet: half a list is none.
 */
export function statusField(status: unknown, path: string): unknown {
  return valueAt(status, path.split('.'));
}

function valueAt(value: unknown, [part, ...rest]: readonly string[]): unknown {
  if (part === undefined || value === undefined) return value;
  if (part === '*') return ofEach(value, rest);
  return valueAt(part.startsWith('%') ? itemAt(value, Number(part.slice(1))) : memberOf(value, part), rest);
}

function ofEach(list: unknown, rest: readonly string[]): readonly unknown[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const values = list.map((item: unknown) => valueAt(item, rest));
  return values.includes(undefined) ? undefined : values;
}

function itemAt(list: unknown, index: number): unknown {
  return Array.isArray(list) ? list[index % list.length] : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
