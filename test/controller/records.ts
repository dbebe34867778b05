import { emptyMemory } from '../../controller/engine/memory.ts';
import type { ManifestObject, ManifestSet } from '../../controller/manifests/manifest.ts';
import { keyOf, type ObjectRecord } from '../../controller/object.ts';
import { sync } from '../../controller/sync.ts';

export const now = '2026-01-01T00:00:00Z';

/** The Environment `production`, as a manifest with its defaults filled in. */
export function environment(
  deletion: { policy?: string; maxObjectsPerSync?: number } = {},
  mode = 'Enforce',
): ManifestObject {
  return manifest('Environment', undefined, 'production', {
    aws: { accountId: '123456789012', region: 'us-east-1' },
    tags: { Project: 'test' },
    reconcile: { mode, interval: '5m' },
    deletion: { policy: 'Retain', maxObjectsPerSync: 1, ...deletion },
  });
}

export function manifest(
  kind: string,
  namespace: string | undefined,
  name: string,
  spec: Readonly<Record<string, unknown>> = {},
  annotations: Readonly<Record<string, string>> = {},
): ManifestObject {
  return {
    apiVersion: 'fintech.global/v1alpha1',
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), labels: {}, annotations },
    spec,
    source: { file: `${name}.yaml`, line: 1 },
  };
}

export function setOf(objects: readonly ManifestObject[], readable = true): ManifestSet {
  return { readable, objects: new Map(objects.map((object) => [keyOf(object), object])), problems: [] };
}

/** The records that a first reading of these manifests leads to. */
export function recordsOf(objects: readonly ManifestObject[]): ReadonlyMap<string, ObjectRecord> {
  const { changed } = sync(new Map(), setOf(objects), now);
  return new Map(changed.map((record) => [keyOf(record), record]));
}

export function recordOf(object: ManifestObject): ObjectRecord {
  const [record] = recordsOf([object]).values();
  if (record === undefined) throw new Error('a manifest makes a record');
  return { ...record, memory: emptyMemory };
}
