import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManifestObject } from '../../controller/manifests/manifest.ts';
import { keyOf, type ObjectRecord } from '../../controller/object.ts';
import { sync, type Sync } from '../../controller/sync.ts';
import { environment, manifest, now, recordsOf, setOf } from './records.ts';

const lake = manifest('DataLake', 'production', 'lake', { bucketName: 'one' });
const other = manifest('DataLake', 'production', 'other');
const third = manifest('DataLake', 'production', 'third');

function uidOf(records: ReadonlyMap<string, ObjectRecord>): unknown {
  return records.get('DataLake/production/lake')?.metadata.uid;
}

function lakes(names: readonly string[]): ManifestObject[] {
  return names.map((name) => manifest('DataLake', 'production', name));
}

function keys(records: readonly ObjectRecord[]): readonly string[] {
  return records.map(keyOf).toSorted();
}

function after(before: readonly ManifestObject[], then: readonly ManifestObject[]): Sync {
  return sync(recordsOf(before), setOf(then), now);
}

describe('a reading of the manifests', () => {
  it('makes a record of generation 1 for what is new', () => {
    const [record] = after([environment()], [environment(), lake]).changed;
    expect(record?.metadata).toMatchObject({ generation: 1, creationTimestamp: now, name: 'lake' });
  });

  it('changes nothing where nothing changed', () => {
    expect(after([environment(), lake], [environment(), lake])).toEqual({
      changed: [],
      deleted: [],
      blocked: [],
    });
  });

  it('raises the generation with the spec, and not with an annotation', () => {
    const edited = { ...lake, spec: { bucketName: 'two' } };
    const annotated = manifest('DataLake', 'production', 'lake', lake.spec, {
      'fintech.global/mode': 'Observe',
    });
    expect(after([environment(), lake], [environment(), edited]).changed[0]?.metadata.generation).toBe(2);
    const [record] = after([environment(), lake], [environment(), annotated]).changed;
    expect(record?.metadata).toMatchObject({
      generation: 1,
      annotations: { 'fintech.global/mode': 'Observe' },
    });
  });

  it('gives an object the same uid after its state was lost', () => {
    expect(uidOf(recordsOf([lake]))).toBe(uidOf(recordsOf([lake])));
    expect(uidOf(recordsOf([lake]))).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('takes back a deletion when the manifest returns', () => {
    const [going] = after([environment(), lake, other], [environment(), other]).deleted;
    if (going === undefined) throw new Error('the object goes');
    const records = new Map([...recordsOf([environment(), other]), [keyOf(going), going]]);
    const [back] = sync(records, setOf([environment(), lake, other]), now).changed;
    expect(back?.metadata.deletionTimestamp).toBeUndefined();
    expect(back?.metadata.generation).toBe(2);
  });
});

describe('a manifest that disappears', () => {
  it('marks its object as going', () => {
    const { deleted, blocked } = after([environment(), lake, other], [environment(), other]);
    expect(keys(deleted)).toEqual(['DataLake/production/lake']);
    expect(deleted[0]?.metadata.deletionTimestamp).toBe(now);
    expect(blocked).toEqual([]);
  });

  it('is left alone when more disappear at once than the Environment allows', () => {
    const { deleted, blocked } = after([environment(), lake, other, third], [environment(), third]);
    expect(deleted).toEqual([]);
    expect(blocked[0]?.message).toBe(
      '2 objects of production disappeared at once (DataLake/production/lake, DataLake/production/other) and its Environment allows 1: ' +
        'none is deleted; bring the manifests back, or raise spec.deletion.maxObjectsPerSync, or remove them in several commits',
    );
  });

  it('goes once the Environment allows as many', () => {
    const before = [environment(), lake, other, third];
    expect(keys(after(before, [environment({ maxObjectsPerSync: 2 }), third]).deleted)).toHaveLength(2);
  });

  it('counts against the limit that held before, when its Environment has gone too', () => {
    expect(
      after([environment(), lake, other], [manifest('Environment', undefined, 'else')]).blocked,
    ).toHaveLength(1);
    const allowed = after(
      [environment({ maxObjectsPerSync: 2 }), lake, other],
      [manifest('Environment', undefined, 'else')],
    );
    expect(keys(allowed.deleted)).toEqual([
      'DataLake/production/lake',
      'DataLake/production/other',
      'Environment/production',
    ]);
  });

  it('is not told from an empty checkout', () => {
    const { deleted, blocked } = after([environment({ maxObjectsPerSync: 9 }), lake], []);
    expect(deleted).toEqual([]);
    expect(blocked[0]?.message).toContain('holds no manifest at all: nothing is deleted');
  });

  it('is not told from an unreadable checkout', () => {
    const { deleted, blocked } = sync(
      recordsOf([environment(), lake, other]),
      setOf([environment(), other], false),
      now,
    );
    expect(deleted).toEqual([]);
    expect(blocked[0]?.message).toContain('could not be read completely');
  });
});

describe('whatever disappears', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));

  it('no more objects go at once than allowed, and only those without a manifest', () => {
    fc.assert(
      fc.property(names, names, fc.nat(6), fc.boolean(), (before, then, maxObjectsPerSync, readable) => {
        const policy = environment({ maxObjectsPerSync });
        const set = setOf([policy, ...lakes(then)], readable);
        const { deleted } = sync(recordsOf([policy, ...lakes(before)]), set, now);
        expect(deleted.length).toBeLessThanOrEqual(readable ? maxObjectsPerSync : 0);
        for (const record of deleted) expect(set.objects.has(keyOf(record))).toBe(false);
      }),
    );
  });
});
