import { isJsonObject, isStrings, type JsonObject } from './json.ts';

/** A file in the directory of CustomResourceDefinitions that cannot be used; the controller must not start. */
export class DefinitionError extends Error {
  readonly file: string;

  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`);
    this.name = 'DefinitionError';
    this.file = file;
  }
}

export type Scope = 'Cluster' | 'Namespaced';

/** What a CustomResourceDefinition says about its kind, apart from the schema's contents. */
export type Definition = {
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly scope: Scope;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** The schema of the whole object, as the file has it. */
  readonly openAPIV3Schema: JsonObject;
  /** The whole CustomResourceDefinition, frozen: printer columns, descriptions. */
  readonly document: JsonObject;
};

/** Takes a CustomResourceDefinition apart; throws DefinitionError naming the field that is wrong. */
export function readDefinition(file: string, document: JsonObject): Definition {
  const wrong = (reason: string): DefinitionError => new DefinitionError(file, reason);
  if (
    document['apiVersion'] !== 'apiextensions.k8s.io/v1' ||
    document['kind'] !== 'CustomResourceDefinition'
  ) {
    throw wrong('expected apiVersion apiextensions.k8s.io/v1 and kind CustomResourceDefinition');
  }
  const spec = objectAt(document, 'spec', '', wrong);
  const names = objectAt(spec, 'names', 'spec.', wrong);
  const group = textAt(spec, 'group', 'spec.', wrong);
  const kind = textAt(names, 'kind', 'spec.names.', wrong);
  const plural = textAt(names, 'plural', 'spec.names.', wrong);
  const scope = spec['scope'];
  if (scope !== 'Cluster' && scope !== 'Namespaced')
    throw wrong('spec.scope: expected Cluster or Namespaced');
  if (objectAt(document, 'metadata', '', wrong)['name'] !== `${plural}.${group}`) {
    throw wrong(`metadata.name: expected ${plural}.${group}`);
  }
  const version = onlyVersion(spec, wrong);
  const name = textAt(version, 'name', 'spec.versions[0].', wrong);
  return {
    apiVersion: `${group}/${name}`,
    group,
    version: name,
    kind,
    scope,
    plural,
    singular: typeof names['singular'] === 'string' ? names['singular'] : kind.toLowerCase(),
    shortNames: isStrings(names['shortNames']) ? names['shortNames'] : [],
    categories: isStrings(names['categories']) ? names['categories'] : [],
    openAPIV3Schema: schemaOf(version, wrong),
    document,
  };
}

type Wrong = (reason: string) => DefinitionError;

function onlyVersion(spec: JsonObject, wrong: Wrong): JsonObject {
  const versions = spec['versions'];
  const version: unknown = Array.isArray(versions) && versions.length === 1 ? versions[0] : undefined;
  if (!isJsonObject(version)) throw wrong('spec.versions: expected a list of exactly one version');
  if (version['served'] !== true || version['storage'] !== true) {
    throw wrong('spec.versions[0]: expected served: true and storage: true');
  }
  return version;
}

function schemaOf(version: JsonObject, wrong: Wrong): JsonObject {
  const schema = objectAt(version, 'schema', 'spec.versions[0].', wrong);
  const root = objectAt(schema, 'openAPIV3Schema', 'spec.versions[0].schema.', wrong);
  const properties = root['properties'];
  if (root['type'] !== 'object' || !isJsonObject(properties) || !isJsonObject(properties['spec'])) {
    throw wrong('spec.versions[0].schema.openAPIV3Schema: expected type: object with a property spec');
  }
  return root;
}

function objectAt(parent: JsonObject, field: string, path: string, wrong: Wrong): JsonObject {
  const value = parent[field];
  if (!isJsonObject(value)) throw wrong(`${path}${field}: expected a mapping`);
  return value;
}

function textAt(parent: JsonObject, field: string, path: string, wrong: Wrong): string {
  const value = parent[field];
  if (typeof value !== 'string' || value === '') throw wrong(`${path}${field}: expected text`);
  return value;
}
