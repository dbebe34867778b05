import type { Explanation } from './explain.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { objectKey } from '../object.ts';
import type { KindSchema, Schemas } from './schema.ts';
import { didYouMean, suggest } from './suggest.ts';
import { found } from './words.ts';

/** The schema for the document's apiVersion and kind, or what is wrong with these two. */
export function schemaFor(document: JsonObject, schemas: Schemas): KindSchema | readonly Explanation[] {
  const { apiVersion, kind } = document;
  const problems: Explanation[] = [];
  const apiVersions = new Set([...schemas.values()].map((schema) => schema.apiVersion));
  if (typeof apiVersion !== 'string' || !apiVersions.has(apiVersion)) {
    problems.push(unknownName('apiVersion', document, [...apiVersions]));
  }
  const schema = typeof kind === 'string' ? schemas.get(kind) : undefined;
  if (schema === undefined) problems.push(unknownName('kind', document, [...schemas.keys()]));
  if (schema !== undefined && problems.length === 0 && schema.apiVersion !== apiVersion) {
    problems.push({
      path: ['apiVersion'],
      at: 'value',
      message: `${schema.kind} has the apiVersion ${schema.apiVersion}, found ${found(apiVersion)}`,
    });
  }
  return schema === undefined || problems.length > 0 ? problems : schema;
}

/** Which object a document defines, if its namespace and name are such that there can be no doubt. */
export function identityOf(document: JsonObject, schema: KindSchema): string | undefined {
  const { name, namespace } = metadataOf(document);
  if (!isDnsLabel(name)) return undefined;
  if (schema.scope === 'Cluster') return objectKey(schema.kind, undefined, name);
  return isDnsLabel(namespace) ? objectKey(schema.kind, namespace, name) : undefined;
}

/** What to call a document in a problem, however incomplete it is. */
export function labelOf(document: JsonObject): string | undefined {
  const { kind } = document;
  const { name, namespace } = metadataOf(document);
  const parts = [kind, namespace, name].filter((part) => typeof part === 'string');
  return typeof kind === 'string' && typeof name === 'string' ? parts.join('/') : undefined;
}

function unknownName(
  field: 'apiVersion' | 'kind',
  document: JsonObject,
  known: readonly string[],
): Explanation {
  const value = document[field];
  if (value === undefined) return { path: [field], at: 'key', message: 'required field is missing' };
  const suggestion = typeof value === 'string' ? suggest(value, known) : undefined;
  const help = suggestion === undefined ? `; known: ${known.join(', ')}` : didYouMean(suggestion);
  const what = typeof value === 'string' ? value : `(${found(value)})`;
  return { path: [field], at: 'value', message: `unknown ${field} ${what}${help}` };
}

function metadataOf(document: JsonObject): JsonObject {
  return isJsonObject(document['metadata']) ? document['metadata'] : {};
}

function isDnsLabel(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value);
}
