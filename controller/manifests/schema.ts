import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { DefinitionError, readDefinition, type Definition } from './definition.ts';
import { deepFreeze, type JsonObject } from './json.ts';
import { manifestSchema } from './object-schema.ts';
import { parseFile } from './parse.ts';
import { compareText, formatProblem } from './problem.ts';

export { propertiesOf } from './json.ts';

/** A kind that manifests may have: its definition, and the check of a whole manifest against it. */
export type KindSchema = Definition & {
  /** The schema that manifests are checked against, with every object closed. */
  readonly manifestSchema: JsonObject;
  /** Fills the defaults into a copy and checks it. The input is not changed. */
  readonly check: (document: JsonObject) => SchemaCheck;
};

export type SchemaCheck = {
  /** The copy with the defaults; fits the schema if there are no errors. */
  readonly value: JsonObject;
  readonly errors: readonly ErrorObject[];
};

/** All kinds, by name. */
export type Schemas = ReadonlyMap<string, KindSchema>;

/** Reads the CustomResourceDefinitions of a directory; throws DefinitionError if one of them cannot be used. */
export async function loadSchemas(directory: string): Promise<Schemas> {
  const files = (await readdir(directory)).filter((name) => /\.ya?ml$/.test(name)).sort(compareText);
  const schemas = new Map<string, KindSchema>();
  for (const file of files) {
    for (const document of documentsOf(file, await readFile(join(directory, file)))) {
      const schema = kindSchema(file, document);
      if (schemas.has(schema.kind))
        throw new DefinitionError(file, `the kind ${schema.kind} is defined twice`);
      schemas.set(schema.kind, schema);
    }
  }
  if (schemas.size === 0) throw new DefinitionError(directory, 'holds no CustomResourceDefinition');
  return schemas;
}

/** The schema of one CustomResourceDefinition. */
export function kindSchema(file: string, document: JsonObject): KindSchema {
  const definition = readDefinition(file, deepFreeze(structuredClone(document)));
  const schema = deepFreeze(manifestSchema(definition));
  const validate = compile(file, schema);
  return {
    ...definition,
    manifestSchema: schema,
    check: (manifest) => {
      const copy = structuredClone(manifest);
      const errors = validate(copy) ? [] : (validate.errors ?? []);
      return { value: copy, errors };
    },
  };
}

function documentsOf(file: string, bytes: Uint8Array): readonly JsonObject[] {
  const { documents, problems } = parseFile(file, bytes);
  const problem = problems[0];
  if (problem !== undefined) throw new DefinitionError(file, formatProblem(problem));
  return documents.map((document) => document.value);
}

function compile(file: string, schema: JsonObject): ValidateFunction {
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    verbose: true,
    ownProperties: true,
    strict: true,
    // `oneOf: [{ required: [...] }]` without types is the only form that Kubernetes accepts.
    strictTypes: false,
    strictRequired: false,
    // In Kubernetes `format` is documentation only.
    validateFormats: false,
  });
  ajv.addVocabulary([
    'x-kubernetes-preserve-unknown-fields',
    'x-kubernetes-list-type',
    'x-kubernetes-list-map-keys',
    'x-kubernetes-map-type',
    'example',
  ]);
  try {
    return ajv.compile(schema);
  } catch (error) {
    // An unknown keyword, a wrong type name, a pattern that is no regular expression.
    if (error instanceof Error)
      throw new DefinitionError(file, `the schema cannot be used: ${error.message}`);
    throw error;
  }
}
