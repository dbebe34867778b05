import { describe, expect, it, test } from 'vitest';
import { DefinitionError } from '../../../controller/manifests/definition.ts';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { loadSchemas } from '../../../controller/manifests/schema.ts';
import { temporaryDirectory } from './directory.ts';
import { rules } from './samples.ts';

type Part = { readonly path: string; readonly schema: JsonObject };

/** Every part of a schema that describes a value. */
function partsOf(path: string, schema: unknown): readonly Part[] {
  if (!isJsonObject(schema)) return [];
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return [
    { path, schema },
    ...Object.entries(properties).flatMap(([name, property]) => partsOf(`${path}.${name}`, property)),
    ...('items' in schema ? partsOf(`${path}[]`, schema['items']) : []),
  ];
}

async function load(text: string): Promise<unknown> {
  const directory = await temporaryDirectory({ 'thing.yaml': text });
  return loadSchemas(directory).then(
    (schemas) => [...schemas.keys()],
    (error: unknown) => (error instanceof DefinitionError ? error.message : error),
  );
}

describe.each([...rules.schemas.values()])(
  'the definition of $kind',
  ({ kind, openAPIV3Schema, document, ...names }) => {
    const parts = partsOf(kind, openAPIV3Schema);

    it('describes every field', () => {
      const silent = parts
        .filter(({ schema }) => typeof schema['description'] !== 'string')
        .map(({ path }) => path);
      // Kubernetes permits no description of metadata.
      expect(silent).toEqual([`${kind}.metadata`]);
    });

    it('is structural, as an API server demands', () => {
      const forbidden = ['$ref', 'uniqueItems', 'definitions', 'const'];
      const wrong = parts.filter(
        ({ schema }) =>
          (typeof schema['type'] !== 'string' && schema['x-kubernetes-preserve-unknown-fields'] !== true) ||
          'items' in schema !== (schema['type'] === 'array') ||
          ('properties' in schema && 'additionalProperties' in schema) ||
          forbidden.some((word) => word in schema),
      );
      expect(wrong.map(({ path }) => path)).toEqual([]);
    });

    it('says how long a list may be', () => {
      const spec = parts.filter(({ path }) => path.startsWith(`${kind}.spec`));
      const endless = spec.filter(({ schema }) => schema['type'] === 'array' && !('maxItems' in schema));
      expect(endless).toEqual([]);
    });

    it('has the status that all kinds have', () => {
      const condition = ['type', 'status', 'reason', 'message', 'lastTransitionTime', 'observedGeneration'];
      const resource = ['node', 'type', 'id', 'state'];
      const fields = ['observedGeneration', 'observedCommit', 'lastObservedTime']
        .concat(condition.map((field) => `conditions[].${field}`))
        .concat(resource.map((field) => `resources[].${field}`));
      const paths = parts.map(({ path }) => path);
      expect(paths).toEqual(expect.arrayContaining(fields.map((field) => `${kind}.status.${field}`)));
    });

    it('is in the category of all our kinds', () => {
      expect(names.categories).toEqual(['fintech']);
      expect(Object.isFrozen(document['spec'])).toBe(true);
    });
  },
);

test('the kinds have their short names and scopes', () => {
  const kinds = [...rules.schemas.values()].map(({ kind, scope, plural, shortNames }) => [
    kind,
    scope,
    plural,
    ...shortNames,
  ]);
  expect(kinds).toEqual([
    ['ApiService', 'Namespaced', 'apiservices', 'apisvc'],
    ['DataLake', 'Namespaced', 'datalakes', 'lake'],
    ['Environment', 'Cluster', 'environments', 'fenv'],
    ['FintechNetwork', 'Namespaced', 'fintechnetworks', 'fnet'],
    ['LedgerDatabase', 'Namespaced', 'ledgerdatabases', 'ldb'],
  ]);
});

describe('a definition that cannot be used is refused at the start', () => {
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.fintech.global}
spec:
  group: fintech.global
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions:
    - name: v1alpha1
      served: true
      storage: true
      schema:
        openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}
`;

  it('unless it is right', async () => {
    expect(await load(definition)).toEqual(['Thing']);
  });

  test.each([
    [
      'another kind of file',
      'CustomResourceDefinition',
      'Pod',
      'thing.yaml: expected apiVersion apiextensions.k8s.io/v1 and kind CustomResourceDefinition',
    ],
    [
      'a syntax error',
      'spec:',
      'spec: [',
      'thing.yaml: thing.yaml:5:10: YAML: implicit keys need to be on a single line',
    ],
    ['no group', '  group: fintech.global\n', '', 'thing.yaml: spec.group: expected text'],
    ['an unknown scope', 'Namespaced', 'Global', 'thing.yaml: spec.scope: expected Cluster or Namespaced'],
    [
      'a name that does not follow',
      'name: things.',
      'name: thing.',
      'thing.yaml: metadata.name: expected things.fintech.global',
    ],
    [
      'a version that is not served',
      'served: true',
      'served: false',
      'thing.yaml: spec.versions[0]: expected served: true and storage: true',
    ],
    [
      'no spec in the schema',
      '{spec:',
      '{status:',
      'thing.yaml: spec.versions[0].schema.openAPIV3Schema: expected type: object with a property spec',
    ],
    [
      'a misspelt keyword',
      'type: integer',
      'type: integer, minimun: 1',
      'thing.yaml: the schema cannot be used: strict mode: unknown keyword: "minimun"',
    ],
  ])('%s', async (_, before, after, message) => {
    expect(await load(definition.replace(before, after))).toBe(message);
  });

  it('a kind that is defined twice', async () => {
    expect(await load(`${definition}---\n${definition}`)).toBe('thing.yaml: the kind Thing is defined twice');
  });

  it('a directory without any', async () => {
    const directory = await temporaryDirectory();
    await expect(loadSchemas(directory)).rejects.toThrow(DefinitionError);
  });
});
