import { environmentSpecOf, type EnvironmentSpec } from './environment.ts';
import { isTrue } from './conditions.ts';
import type { Lookup } from './engine/ref.ts';
import { environmentKey, keyOf, type ObjectRecord } from './object.ts';
import { sameRecord } from './state/record-codec.ts';
import { statusField } from './status-field.ts';
import type { StateStore } from './state/store.ts';

/** Every object in force, in memory, and written through to the state store when something that matters changes. */
export class Objects {
  private readonly byKey = new Map<string, ObjectRecord>();
  /** What the store has. */
  private readonly saved = new Map<string, ObjectRecord>();
  private readonly writing = new Map<string, Promise<void>>();
  private readonly store: Pick<StateStore, 'save' | 'remove'>;

  constructor(store: Pick<StateStore, 'save' | 'remove'>, records: Iterable<ObjectRecord> = []) {
    this.store = store;
    for (const record of records) {
      this.byKey.set(keyOf(record), record);
      this.saved.set(keyOf(record), record);
    }
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
    return environmentSpecOf(this.byKey.get(environmentKey(namespace)));
  }

  /**
   * Puts a record in force, and resolves when it is durable. The time of the last look alone is not worth a write.
   */
  async put(record: ObjectRecord): Promise<void> {
    const key = keyOf(record);
    this.byKey.set(key, sharing(this.byKey.get(key), record));
    await this.inTurn(key, async () => {
      const current = this.byKey.get(key);
      const saved = this.saved.get(key);
      if (current === undefined || (saved !== undefined && sameRecord(saved, current))) return;
      await this.store.save(current);
      this.saved.set(key, current);
    });
  }

  /** Changes what a pass found out, on the record as it is now: the manifest may have changed meanwhile. */
  async update(key: string, change: (record: ObjectRecord) => ObjectRecord): Promise<void> {
    const record = this.byKey.get(key);
    if (record !== undefined) await this.put(change(record));
  }

  async remove(key: string): Promise<void> {
    await this.inTurn(key, () => this.store.remove(key));
    this.byKey.delete(key);
    this.saved.delete(key);
  }

  /** One write of a record at a time, so that each compares with what is really stored. */
  private inTurn(key: string, write: () => Promise<void>): Promise<void> {
    const before = this.writing.get(key) ?? Promise.resolve();
    const after = before.catch(() => undefined).then(write);
    this.writing.set(key, after);
    const forget = async (): Promise<void> => {
      await after.catch(() => undefined);
      if (this.writing.get(key) === after) this.writing.delete(key);
    };
    void forget();
    return after;
  }

  /** Ready, and for the spec that it has now. */
  isReady(key: string): boolean {
    const record = this.byKey.get(key);
    if (record === undefined || record.metadata.deletionTimestamp !== undefined) return false;
    const { conditions, observedGeneration } = record.status;
    return isTrue(conditions, 'Ready') && observedGeneration === record.metadata.generation;
  }

  /** Answers references to status fields of other objects. */
  readonly lookup: Lookup = ({ source, output }) =>
    source.kind === 'object' ? statusField(this.byKey.get(source.object)?.status, output) : undefined;
}

/**
 * The new record, made of the parts of the old one where it says the same. Most passes find nothing new, and
 * what they made would otherwise take the place of equal parts that are long at rest in memory.
 */
function sharing(before: ObjectRecord | undefined, record: ObjectRecord): ObjectRecord {
  if (before === undefined || !sameRecord(before, record)) return record;
  const { lastObservedTime } = record.status;
  return lastObservedTime === undefined
    ? before
    : { ...before, status: { ...before.status, lastObservedTime } };
}
