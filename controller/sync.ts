import { createHash } from 'node:crypto';
import { same } from './engine/compare.ts';
import { emptyMemory } from './engine/memory.ts';
import { environmentSpecOf } from './environment.ts';
import type { ManifestObject, ManifestSet } from './manifests/manifest.ts';
import { environmentKey, keyOf, type ObjectRecord } from './object.ts';

/** Objects that would disappear, and why none of them does. */
export type BlockedDeletion = {
  /** The namespace, or undefined where it concerns everything. */
  readonly namespace?: string;
  readonly objects: readonly string[];
  readonly message: string;
};

export type Sync = {
  /** Records that are new or whose manifest says something else than before. */
  readonly changed: readonly ObjectRecord[];
  /** Records whose manifest has disappeared just now: they carry a deletionTimestamp from here on. */
  readonly deleted: readonly ObjectRecord[];
  readonly blocked: readonly BlockedDeletion[];
};

/**
 * What a reading of the manifests means for the objects. A pure function, because a mistake here deletes
 * what nobody wanted deleted: an unreadable or empty checkout deletes nothing, and neither does one in which
 * more objects are missing than the Environment allows at once.
 */
export function sync(
  records: ReadonlyMap<string, ObjectRecord>,
  set: ManifestSet,
  now: string,
  commit?: string,
): Sync {
  const changed = [...set.objects].flatMap(([key, manifest]) => {
    const before = records.get(key);
    const after = before === undefined ? created(manifest, now, commit) : updated(before, manifest, commit);
    return after === before ? [] : [after];
  });
  const { deleted, blocked } = disappearing(records, set, now);
  return { changed, deleted, blocked };
}

function disappearing(
  records: ReadonlyMap<string, ObjectRecord>,
  set: ManifestSet,
  now: string,
): Pick<Sync, 'deleted' | 'blocked'> {
  const missing = [...records].filter(
    ([key, record]) => !set.objects.has(key) && record.metadata.deletionTimestamp === undefined,
  );
  if (missing.length === 0) return { deleted: [], blocked: [] };
  const objects = missing.map(([key]) => key);
  if (!set.readable) {
    return {
      deleted: [],
      blocked: [{ objects, message: 'the manifests could not be read completely: nothing is deleted' }],
    };
  }
  if (set.objects.size === 0) {
    const message = `the checkout holds no manifest at all: nothing is deleted; ${objects.length} objects stay as they are`;
    return { deleted: [], blocked: [{ objects, message }] };
  }
  const deleted: ObjectRecord[] = [];
  const blocked: BlockedDeletion[] = [];
  for (const [namespace, group] of Map.groupBy(
    missing.map(([, record]) => record),
    namespaceOf,
  )) {
    const limit = limitOf(records, set, namespace);
    const counted = group.filter((record) => record.kind !== 'Environment').length;
    if (counted > limit) blocked.push(tooMany(namespace, group, counted, limit));
    else deleted.push(...group.map((record) => marked(record, now)));
  }
  return { deleted, blocked };
}

/** The limit that the checkout says now; where the Environment has gone too, the one that held before. */
function limitOf(records: ReadonlyMap<string, ObjectRecord>, set: ManifestSet, namespace: string): number {
  const key = environmentKey(namespace);
  const manifest = set.objects.get(key);
  const record = records.get(key);
  const spec = environmentSpecOf(
    manifest !== undefined && record !== undefined ? { ...record, spec: manifest.spec } : record,
  );
  return spec?.deletion.maxObjectsPerSync ?? 0;
}

function tooMany(
  namespace: string,
  group: readonly ObjectRecord[],
  count: number,
  limit: number,
): BlockedDeletion {
  const objects = group.map(keyOf);
  const message =
    `${count} objects of ${namespace} disappeared at once (${objects.join(', ')}) and its Environment allows ${limit}: none is deleted; ` +
    'bring the manifests back, or raise spec.deletion.maxObjectsPerSync, or remove them in several commits';
  return { namespace, objects, message };
}

function created(manifest: ManifestObject, now: string, commit: string | undefined): ObjectRecord {
  const { apiVersion, kind, metadata, spec, source } = manifest;
  return {
    apiVersion,
    kind,
    metadata: { ...metadata, uid: uidOf(keyOf(manifest)), generation: 1, creationTimestamp: now },
    spec,
    status: { conditions: [], resources: [] },
    source,
    ...(commit === undefined ? {} : { commit }),
    memory: emptyMemory,
    events: [],
  };
}

/** The same record where nothing changed, so that callers can tell by identity. */
function updated(before: ObjectRecord, manifest: ManifestObject, commit: string | undefined): ObjectRecord {
  const { deletionTimestamp, ...metadata } = before.metadata;
  const { labels, annotations } = manifest.metadata;
  const sameSpec = same(before.spec, manifest.spec);
  const returned = deletionTimestamp !== undefined;
  const sameMetadata = same(metadata.labels, labels) && same(metadata.annotations, annotations);
  if (sameSpec && sameMetadata && !returned && same(before.source, manifest.source)) return before;
  const generation = sameSpec && !returned ? metadata.generation : metadata.generation + 1;
  return {
    ...before,
    metadata: { ...metadata, labels, annotations, generation },
    spec: manifest.spec,
    source: manifest.source,
    ...(commit === undefined || sameSpec ? {} : { commit }),
  };
}

function marked(record: ObjectRecord, now: string): ObjectRecord {
  return { ...record, metadata: { ...record.metadata, deletionTimestamp: now } };
}

function namespaceOf(record: ObjectRecord): string {
  return record.metadata.namespace ?? record.metadata.name;
}

/** A UUID made from the key, so that it survives the loss of the state (RFC 9562, version 8). */
function uidOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
