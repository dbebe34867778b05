import type { ObjectRecord } from '../object.ts';

/**
 * Where records survive a restart. Losing it costs AWS calls, never a resource: everything in it can be found
 * again in AWS.
 *
 * One process writes. `save` and `remove` throw the engine's `Conflict` when they find that another one does:
 * then this process has to stop.
 */
export interface StateStore {
  /** Every record that can be read. What cannot be read is put aside with a warning, and never stops a start. */
  load(): Promise<readonly ObjectRecord[]>;
  /**
   * Atomic: a reader, also after a crash at any moment, sees the record before or the record after.
   * Durable once it resolves: a power failure does not undo it, so that an intent outlives the call it is for.
   * Saves of the same object take effect in the order in which they were asked for.
   */
  save(record: ObjectRecord): Promise<void>;
  /** Forgets a record, durably; one that is not there is no error. */
  remove(key: string): Promise<void>;
  /** Waits for what is being written, and lets another process have the store. */
  close(): Promise<void>;
}

/** Told of what is wrong with the state and was mended without anybody's help. */
export type Warn = (details: Readonly<Record<string, unknown>>, message: string) => void;
