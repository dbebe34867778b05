import { isJsonObject, isStrings, propertiesOf, type JsonObject } from './json.ts';
import type { Path } from './problem.ts';

/** An item of a list that is a set or a map, and that the list already has. */
export type DuplicateItem = { readonly path: Path; readonly first: number; readonly keys: readonly string[] };

/**
 * What `x-kubernetes-list-type: set` and `map` ask for. Kubernetes refuses `uniqueItems`, and JSON Schema does not
 * know these two, so they are checked here.
 */
export function duplicateItems(schema: unknown, value: unknown, path: Path = []): readonly DuplicateItem[] {
  if (!isJsonObject(schema)) return [];
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return [
      ...duplicatesOf(schema, items, path),
      ...items.flatMap((item, index) => duplicateItems(schema['items'], item, [...path, index])),
    ];
  }
  if (!isJsonObject(value)) return [];
  const properties = propertiesOf(schema);
  return Object.entries(value).flatMap(([name, item]) =>
    duplicateItems(
      Object.hasOwn(properties, name) ? properties[name] : schema['additionalProperties'],
      item,
      [...path, name],
    ),
  );
}

function duplicatesOf(schema: JsonObject, items: readonly unknown[], path: Path): readonly DuplicateItem[] {
  const listType = schema['x-kubernetes-list-type'];
  if (listType !== 'set' && listType !== 'map') return [];
  const mapKeys = schema['x-kubernetes-list-map-keys'];
  const keys = listType === 'map' && isStrings(mapKeys) ? mapKeys : [];
  const firsts = new Map<string, number>();
  const duplicates: DuplicateItem[] = [];
  for (const [index, item] of items.entries()) {
    const identity = JSON.stringify(
      listType === 'set' || !isJsonObject(item) ? item : keys.map((key) => item[key]),
    );
    const first = firsts.get(identity);
    if (first === undefined) firsts.set(identity, index);
    else duplicates.push({ path: [...path, index], first, keys });
  }
  return duplicates;
}
