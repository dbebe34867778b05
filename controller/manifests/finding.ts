import type { ErrorObject } from 'ajv';
import { isJsonObject, isStrings, type JsonObject } from './json.ts';
import type { Path } from './problem.ts';

/** One way in which a value does not fit its schema. */
export type Finding = {
  /** The value, or for `missing` and `unknown` the field that is missing or unknown. */
  readonly path: Path;
  readonly reason: 'type' | 'enum' | 'missing' | 'unknown' | 'alternatives' | 'form';
  readonly value: unknown;
  /** The schema of the value, or for `missing` and `unknown` that of the object around the field. */
  readonly schema: JsonObject;
};

/**
 * The errors of a JSON Schema validator, reduced to what a person has to mend: one finding per value, and none about
 * the branches of alternatives, which are reported as a whole.
 */
export function findings(errors: readonly ErrorObject[], root: JsonObject): readonly Finding[] {
  const byPath = new Map<string, Finding>();
  for (const error of errors) {
    if (/\/(oneOf|anyOf|allOf|not)\//.test(error.schemaPath)) continue;
    const finding = toFinding(error, root);
    const key = JSON.stringify([finding.path, finding.reason === 'alternatives']);
    const known = byPath.get(key);
    if (known === undefined || rank[finding.reason] < rank[known.reason]) byPath.set(key, finding);
  }
  return [...byPath.values()];
}

/** Of several complaints about one value the first of these explains the others. */
const rank = { unknown: 0, missing: 0, type: 1, enum: 2, form: 3, alternatives: 4 } as const;

function toFinding(error: ErrorObject, root: JsonObject): Finding {
  const parent = pathOf(error.instancePath, root);
  const params: unknown = error.params;
  const field = (name: string): Path => {
    const value = isJsonObject(params) ? params[name] : undefined;
    return typeof value === 'string' ? [...parent, value] : parent;
  };
  const parentSchema: unknown = error.parentSchema;
  const schema = isJsonObject(parentSchema) ? parentSchema : {};
  const value: unknown = error.data;
  switch (error.keyword) {
    case 'additionalProperties':
      return { path: field('additionalProperty'), reason: 'unknown', value, schema };
    case 'required':
      return { path: field('missingProperty'), reason: 'missing', value, schema };
    case 'type':
      return { path: parent, reason: 'type', value, schema };
    case 'enum':
      return { path: parent, reason: 'enum', value, schema };
    case 'oneOf':
    case 'anyOf':
      return { path: parent, reason: 'alternatives', value, schema };
    default:
      return { path: parent, reason: 'form', value, schema };
  }
}

/** A JSON pointer as a path, with numbers where the value has a list. */
function pathOf(pointer: string, root: JsonObject): Path {
  const path: (string | number)[] = [];
  let value: unknown = root;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) {
      path.push(Number(name));
      value = value[Number(name)];
    } else {
      path.push(name);
      value = isJsonObject(value) ? value[name] : undefined;
    }
  }
  return path;
}

/** The fields of which `oneOf` or `anyOf` require some, if the schema uses them in that way. */
export function alternativesOf(schema: JsonObject): {
  readonly exactlyOne: boolean;
  readonly fields: readonly string[];
} {
  const branches: unknown = schema['oneOf'] ?? schema['anyOf'];
  const fields = (Array.isArray(branches) ? branches : []).flatMap((branch: unknown) => {
    const required = isJsonObject(branch) ? branch['required'] : undefined;
    return isStrings(required) ? required : [];
  });
  return { exactlyOne: 'oneOf' in schema, fields };
}
