import { isScalar, parseDocument, stringify, visit } from 'yaml';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import type { DataState } from '../../data-state/resources.ts';

const ofTags: ReadonlySet<string> = new Set(['Tags', 'TagList', 'tags']);

/** For people: without tags, and with a line for each part of a list. */
export function readable(state: DataState): string {
  const document = parseDocument(stringify(withoutTags(state), { lineWidth: 0 }));
  visit(document, {
    Map(key, node) {
      if (typeof key === 'number' && node.items.every(({ value }) => isScalar(value))) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** By type and name. */
export function tagsIn(state: DataState): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const resources = Object.entries(state).flatMap(([type, found]) =>
    Object.entries(found).map(([name, resource]) => [`${type} ${name}`, resource] as const),
  );
  return Object.fromEntries(
    resources.map(([name, resource]) => {
      const lists = isJsonObject(resource) ? Object.entries(resource).filter(([key]) => ofTags.has(key)) : [];
      return [name, Object.fromEntries(lists.flatMap(([, tags]) => pairsIn(tags)))];
    }),
  );
}

/** AWS shows them as a mapping, or as a list of keys and values. */
function pairsIn(tags: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(tags))
    return isJsonObject(tags) ? Object.entries(tags).map(([key, value]) => [key, String(value)]) : [];
  return tags.flatMap((tag: unknown) =>
    isJsonObject(tag) ? [[String(tag['Key']), String(tag['Value'])] as const] : [],
  );
}

function withoutTags(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTags);
  if (!isJsonObject(value)) return value;
  const entries: JsonObject = Object.fromEntries(Object.entries(value).filter(([key]) => !ofTags.has(key)));
  return Object.fromEntries(Object.entries(entries).map(([key, item]) => [key, withoutTags(item)]));
}
