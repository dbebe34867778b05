import type { ErrorObject } from 'ajv';
import { alternativesOf, findings, type Finding } from './finding.ts';
import { isJsonObject, propertiesOf, type JsonObject } from './json.ts';
import { duplicateItems } from './list-types.ts';
import type { ManifestDocument } from './parse.ts';
import { formatPath, type Path } from './problem.ts';
import { didYouMean, suggest, suggestOrComplete } from './suggest.ts';
import { expected, expectedType, found, nearestOf, rewriting } from './words.ts';

/** A mistake in a document, in words, not yet with its position. */
export type Explanation = {
  readonly path: Path;
  readonly message: string;
  /** Whether the mistake is the key, and not its value. */
  readonly at: 'key' | 'value';
};

/** What a manifest may hold, as far as it takes to explain what it may not. */
export type Explained = {
  readonly document: ManifestDocument;
  /** The document with its defaults. */
  readonly value: JsonObject;
  readonly schema: JsonObject;
  readonly kind: string;
};

/** More than a person reads at once; a document with a hundred thousand unknown fields must not cost minutes. */
const maximumExplanations = 50;

/** Puts the errors of the schema validator into words. */
export function explain(errors: readonly ErrorObject[], context: Explained): readonly Explanation[] {
  const all = findings(errors, context.value);
  const explanations = all
    .filter((finding) => !isConsequence(finding, all))
    .slice(0, maximumExplanations)
    .map((finding) => explainFinding(finding, context));
  const duplicates = duplicateItems(context.schema, context.value).map(({ path, first, keys }) => {
    const other = formatPath([...path.slice(0, -1), first]);
    const message =
      keys.length === 0
        ? `already in the list as ${other}`
        : `has the same ${keys.join(' and ')} as ${other}`;
    return { path, message, at: 'value' } as const;
  });
  return [...explanations, ...duplicates].slice(0, maximumExplanations);
}

function explainFinding(finding: Finding, context: Explained): Explanation {
  const { path, value, schema } = finding;
  switch (finding.reason) {
    case 'unknown':
      return { path, at: 'key', message: unknownField(finding, context) };
    case 'missing':
      return { path, at: 'key', message: missingField(finding, context) };
    case 'type': {
      const rewritten = rewriting(schema, value, context.document.locate(path).written);
      const wanted =
        value === null || isJsonObject(value) || Array.isArray(value)
          ? expectedType(schema)
          : expected(schema);
      return { path, at: 'value', message: `expected ${wanted}, found ${found(value)}${rewritten}` };
    }
    case 'enum': {
      const nearest = didYouMean(nearestOf(schema['enum'], value));
      return { path, at: 'value', message: `expected ${expected(schema)}, found ${found(value)}${nearest}` };
    }
    case 'alternatives':
      return { path, at: 'key', message: alternatives(schema, value) };
    case 'form':
      return { path, at: 'value', message: `expected ${expected(schema)}, found ${measured(value)}` };
  }
}

function unknownField({ path, schema, value }: Finding, context: Explained): string {
  const name = String(path.at(-1));
  const place = formatPath(path);
  if (place === 'status') return 'written by the controller; remove it';
  if (place === 'metadata.namespace') return `${context.kind} is cluster-scoped; remove the namespace`;
  if (path[0] === 'metadata' && writtenByServer.has(name)) {
    return 'written by an API server, not in a manifest; remove it';
  }
  const fields = Object.keys(propertiesOf(schema));
  const free = fields.filter((field) => !isJsonObject(value) || !wasGiven(field, path, context));
  const suggestion = suggestOrComplete(name, free) ?? elsewhere(name, context);
  return `unknown field${didYouMean(suggestion)}`;
}

function missingField({ path, schema, value }: Finding, context: Explained): string {
  if (formatPath(path) === 'metadata.namespace') {
    return `required field is missing; ${context.kind} is namespaced, and a namespace is the name of an Environment`;
  }
  const fields = Object.keys(propertiesOf(schema));
  const others = Object.keys(isJsonObject(value) ? value : {}).filter((field) => !fields.includes(field));
  const similar = suggest(String(path.at(-1)), others);
  return `required field is missing${similar === undefined ? '' : `; is it meant by ${similar}?`}`;
}

/** A missing field that an unknown one was probably meant to be: said once, at the unknown one. */
function isConsequence(finding: Finding, all: readonly Finding[]): boolean {
  if (finding.reason !== 'missing') return false;
  const parent = formatPath(finding.path.slice(0, -1));
  const missing = String(finding.path.at(-1));
  return all.some(
    (other) =>
      other.reason === 'unknown' &&
      formatPath(other.path.slice(0, -1)) === parent &&
      suggestOrComplete(String(other.path.at(-1)), [missing]) !== undefined,
  );
}

function alternatives(schema: JsonObject, value: unknown): string {
  const { exactlyOne, fields } = alternativesOf(schema);
  if (fields.length === 0) return 'fits none of the permitted forms';
  const given = fields.filter((field) => isJsonObject(value) && field in value);
  const wanted = `${exactlyOne ? 'exactly one' : 'at least one'} of ${fields.join(' and ')} must be given`;
  return `${wanted}, found ${given.length === 0 ? 'none' : given.join(' and ')}`;
}

/** A field of this name in another place of the schema: the mistake is often the indentation. */
function elsewhere(name: string, context: Explained): string | undefined {
  const places: string[] = [];
  const look = (schema: unknown, path: string): void => {
    if (!isJsonObject(schema)) return;
    for (const [field, property] of Object.entries(propertiesOf(schema))) {
      const place = path === '' ? field : `${path}.${field}`;
      if (field === name) places.push(place);
      look(property, place);
    }
    look(schema['items'], `${path}[]`);
  };
  look(context.schema, '');
  return places.length === 1 ? places[0] : undefined;
}

/** Whether the manifest itself gives the field, as opposed to a default. */
function wasGiven(field: string, unknownPath: Path, context: Explained): boolean {
  let value: unknown = context.document.value;
  for (const step of unknownPath.slice(0, -1)) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isJsonObject(value) ? value[step] : undefined;
  }
  return isJsonObject(value) && Object.hasOwn(value, field);
}

function measured(value: unknown): string {
  if (typeof value === 'string' && value.length > 80) return `${found(value)} (${value.length} characters)`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (isJsonObject(value)) return `a mapping of ${Object.keys(value).length}`;
  return found(value);
}

const writtenByServer = new Set([
  'uid',
  'generation',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
  'selfLink',
  'finalizers',
  'ownerReferences',
]);
