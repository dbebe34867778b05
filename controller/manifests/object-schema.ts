import type { Definition } from './definition.ts';
import { isJsonObject, propertiesOf, type JsonObject } from './json.ts';

const dnsLabel = {
  type: 'string',
  title: 'a DNS-1123 label: 1 to 63 lower-case letters, digits and hyphens, first and last a letter or digit',
  maxLength: 63,
  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
} as const;

const metadataProperties = {
  name: dnsLabel,
  labels: {
    type: 'object',
    additionalProperties: {
      type: 'string',
      title: 'a label value: at most 63 letters, digits, "-", "_" and ".", first and last a letter or digit',
      maxLength: 63,
      pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$',
    },
  },
  annotations: { type: 'object', additionalProperties: { type: 'string' } },
} as const;

/**
 * The schema of a manifest of this kind: that of the definition, with metadata as a manifest may have it, without
 * status, and with every object closed, so that an unknown field is an error.
 */
export function manifestSchema(definition: Definition): JsonObject {
  const { openAPIV3Schema } = definition;
  const properties = propertiesOf(openAPIV3Schema);
  const namespaced = definition.scope === 'Namespaced';
  return {
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    additionalProperties: false,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: {
        type: 'object',
        required: namespaced ? ['name', 'namespace'] : ['name'],
        additionalProperties: false,
        properties: namespaced ? { ...metadataProperties, namespace: dnsLabel } : metadataProperties,
      },
      spec: closed(properties['spec']),
    },
  };
}

/** The same schema, refusing fields that it does not name wherever it names any. */
function closed(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema;
  const result: Record<string, unknown> = { ...schema };
  if (isJsonObject(schema['properties'])) {
    const properties = Object.entries(schema['properties']);
    result['properties'] = Object.fromEntries(properties.map(([name, property]) => [name, closed(property)]));
    const open = schema['x-kubernetes-preserve-unknown-fields'] === true;
    if (!open && !('additionalProperties' in schema)) result['additionalProperties'] = false;
  }
  if ('items' in schema) result['items'] = closed(schema['items']);
  if (isJsonObject(schema['additionalProperties'])) {
    result['additionalProperties'] = closed(schema['additionalProperties']);
  }
  return result;
}
