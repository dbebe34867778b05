import { isJsonObject } from '../../controller/manifests/json.ts';

/** `accessLogs.bucketName`, `lifecycle[].transitions[].days`: every field of a spec that holds no others. */
export function fieldsOfSpec(manifestSchema: unknown): readonly string[] {
  return leavesOf(manifestSchema, ['properties', 'spec']);
}

function leavesOf(schema: unknown, path: readonly string[], name = ''): readonly string[] {
  const [next, ...rest] = path;
  if (!isJsonObject(schema)) return [];
  if (next !== undefined) return leavesOf(schema[next], rest, name);
  if (isJsonObject(schema['properties'])) {
    return Object.entries(schema['properties']).flatMap(([field, part]) =>
      leavesOf(part, [], name === '' ? field : `${name}.${field}`),
    );
  }
  const { items } = schema;
  return isJsonObject(items) && isJsonObject(items['properties']) ? leavesOf(items, [], `${name}[]`) : [name];
}
