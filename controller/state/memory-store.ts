import { keyOf, type ObjectRecord } from '../object.ts';
import type { StateStore } from './store.ts';

/** Keeps records as long as the process lives: for one run whose state nobody needs afterwards. */
export class MemoryStore implements StateStore {
  private readonly records = new Map<string, ObjectRecord>();

  load(): Promise<readonly ObjectRecord[]> {
    return Promise.resolve([...this.records.values()]);
  }

  save(record: ObjectRecord): Promise<void> {
    this.records.set(keyOf(record), record);
    return Promise.resolve();
  }

  remove(key: string): Promise<void> {
    this.records.delete(key);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
