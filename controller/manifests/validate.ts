import { checkAnnotations } from './annotations.ts';
import { explain, type Explanation } from './explain.ts';
import { identityOf, labelOf, schemaFor } from './identity.ts';
import { deepFreeze, isJsonObject, textEntries, type JsonObject } from './json.ts';
import type { ManifestObject, Problem } from './manifest.ts';
import type { ManifestDocument } from './parse.ts';
import { formatPath } from './problem.ts';
import type { KindSchema, Schemas } from './schema.ts';

/** What became of one document: an object, or what is wrong with it. */
export type Validated = {
  readonly document: ManifestDocument;
  /** The object that the document defines; undefined if that cannot be told for certain. */
  readonly key: string | undefined;
  readonly object: ManifestObject | undefined;
  readonly problems: readonly Problem[];
};

/** Checks one document by itself: its schema and its annotations, not how it fits with other documents. */
export function validateDocument(document: ManifestDocument, schemas: Schemas): Validated {
  const schema = schemaFor(document.value, schemas);
  if (!('check' in schema)) {
    return { document, key: undefined, object: undefined, problems: toProblems(document, schema) };
  }
  const key = identityOf(document.value, schema);
  const { value, errors } = schema.check(document.value);
  const explanations = [
    ...explain(errors, { document, value, schema: schema.manifestSchema, kind: schema.kind }),
    ...checkAnnotations(textEntries(metadataOf(value)['annotations'])),
  ];
  const object = explanations.length === 0 ? toObject(document, value, schema) : undefined;
  return { document, key, object, problems: toProblems(document, explanations) };
}

/** Gives explanations their position in the document. */
export function toProblems(
  document: ManifestDocument,
  explanations: readonly Explanation[],
): readonly Problem[] {
  const label = labelOf(document.value);
  return explanations.map(({ path, message, at }) => {
    const field = formatPath(path);
    return {
      file: document.file,
      ...document.locate(path)[at],
      ...(label === undefined ? {} : { object: label }),
      ...(field === '' ? {} : { field }),
      message,
    };
  });
}

function toObject(
  document: ManifestDocument,
  value: JsonObject,
  schema: KindSchema,
): ManifestObject | undefined {
  const { name, namespace, labels, annotations } = metadataOf(value);
  const { spec } = value;
  if (typeof name !== 'string' || !isJsonObject(spec)) return undefined;
  return deepFreeze({
    apiVersion: schema.apiVersion,
    kind: schema.kind,
    metadata: {
      name,
      ...(typeof namespace === 'string' ? { namespace } : {}),
      labels: textEntries(labels),
      annotations: textEntries(annotations),
    },
    spec,
    source: { file: document.file, line: document.locate([]).value.line },
  });
}

function metadataOf(value: JsonObject): JsonObject {
  return isJsonObject(value['metadata']) ? value['metadata'] : {};
}
