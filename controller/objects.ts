import { environmentSpecOf, type EnvironmentSpec } from './environment.ts';
import { isTrue } from './conditions.ts';
import type { Lookup } from './engine/ref.ts';
import { keyOf, type ObjectRecord } from './object.ts';
import { sameRecord } from './state/record-codec.ts';

/** Where records are kept; a save is durable when it resolves. */
export type RecordStore = {
  save(record: ObjectRecord): Promise<void>;
  remove(key: string): Promise<void>;
};

/** Every object in force, in memory, and written through to the state store when something that matters changes. */
export class Objects {
  private readonly byKey = new Map<string, ObjectRecord>();
  private readonly store: RecordStore;

  constructor(store: RecordStore, records: Iterable<ObjectRecord> = []) {
    this.store = store;
    for (const record of records) this.byKey.set(keyOf(record), record);
  }

  get(key: string): ObjectRecord | undefined {
    return this.byKey.get(key);
  }

  get all(): ReadonlyMap<string, ObjectRecord> {
    return this.byKey;
  }

  inNamespace(namespace: string): readonly ObjectRecord[] {
    return [...this.byKey.values()].filter((record) => record.metadata.namespace === namespace);
  }

  /** What the Environment of this object says; its own spec for an Environment. */
  environmentOf(record: ObjectRecord): EnvironmentSpec | undefined {
    const namespace = record.metadata.namespace ?? record.metadata.name;
    return environmentSpecOf(this.byKey.get(`Environment/${namespace}`));
  }

  /** Puts a record in force and makes it durable. The time of the last look alone is not worth a write. */
  async put(record: ObjectRecord): Promise<void> {
    const key = keyOf(record);
    const before = this.byKey.get(key);
    this.byKey.set(key, record);
    if (before === undefined || !sameRecord(before, record)) await this.store.save(record);
  }

  /** Changes what a pass found out, on the record as it is now: the manifest may have changed meanwhile. */
  async update(key: string, change: (record: ObjectRecord) => ObjectRecord): Promise<void> {
    const record = this.byKey.get(key);
    if (record !== undefined) await this.put(change(record));
  }

  async remove(key: string): Promise<void> {
    await this.store.remove(key);
    this.byKey.delete(key);
  }

  /** Ready, and for the spec that it has now. */
  isReady(key: string): boolean {
    const record = this.byKey.get(key);
    if (record === undefined || record.metadata.deletionTimestamp !== undefined) return false;
    const { conditions, observedGeneration } = record.status;
    return isTrue(conditions, 'Ready') && observedGeneration === record.metadata.generation;
  }

  /** Answers references to status fields of other objects: `subnets.app.0.id`. */
  readonly lookup: Lookup = (ref) => {
    if (ref.source.kind !== 'object') return undefined;
    let value: unknown = this.byKey.get(ref.source.object)?.status;
    for (const part of ref.output.split('.')) value = memberOf(value, part);
    return value;
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
