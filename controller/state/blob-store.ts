import type { Clock } from '../engine/clock.ts';
import { Conflict, messageOf } from '../engine/errors.ts';
import { keyOf, type ObjectRecord } from '../object.ts';
import { toRfc3339 } from '../time.ts';
import { decodeRecord, encodeRecord, UnreadableRecord } from './record-codec.ts';
import { pathOf } from './record-path.ts';
import { Serial } from './serial.ts';
import type { StateStore, Warn } from './store.ts';

/** A store of named texts with conditional writes, such as S3. */
export interface BlobStore {
  /** Every key that starts with the prefix. */
  list(prefix: string): Promise<readonly string[]>;
  get(key: string): Promise<{ readonly body: string; readonly etag: string } | undefined>;
  /**
   * Writes if the blob is still the expected one, `null` for none, and answers with the new etag; throws
   * Conflict otherwise. Durable when it resolves.
   */
  put(key: string, body: string, expectedEtag: string | null): Promise<string>;
  /** Throws Conflict when the blob is another one; a missing one is no error. */
  delete(key: string, etag: string): Promise<void>;
}

/** How many blobs are read at once. */
const readersAtOnce = 32;

/** Keeps each record in a blob of its own, and notices another writer by the etags. */
export class BlobStateStore implements StateStore {
  private readonly blobs: BlobStore;
  private readonly prefix: string;
  private readonly clock: Clock;
  private readonly warn: Warn;
  private readonly etags = new Map<string, string>();
  /** What was to be written, null for a removal, where the failure leaves open whether it happened. */
  private readonly unconfirmed = new Map<string, string | null>();
  private readonly writes = new Serial();

  /** `prefix` is the folder of the records, with or without a slash at its end. */
  constructor(blobs: BlobStore, prefix: string, clock: Clock, warn: Warn) {
    this.blobs = blobs;
    this.prefix = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
    this.clock = clock;
    this.warn = warn;
  }

  async load(): Promise<readonly ObjectRecord[]> {
    const keys = (await this.blobs.list(this.prefix)).filter((key) => key.endsWith('.json'));
    const records: ObjectRecord[] = [];
    for (let start = 0; start < keys.length; start += readersAtOnce) {
      const read = await Promise.all(keys.slice(start, start + readersAtOnce).map((key) => this.read(key)));
      records.push(...read.filter((record) => record !== undefined));
    }
    return records;
  }

  save(record: ObjectRecord): Promise<void> {
    const key = this.blobOf(keyOf(record));
    return this.writes.run(key, () => this.put(key, encodeRecord(record)));
  }

  remove(key: string): Promise<void> {
    const blob = this.blobOf(key);
    return this.writes.run(blob, async () => {
      const etag = await this.currentEtag(blob);
      if (etag === undefined) return;
      try {
        await this.attempt(blob, null, () => this.blobs.delete(blob, etag));
      } catch (error) {
        // Some stores call it a conflict when there is nothing to delete any more.
        if (!(error instanceof Conflict)) throw error;
        if ((await this.blobs.get(blob)) !== undefined) throw anotherWriter(blob, error);
      }
      this.etags.delete(blob);
    });
  }

  close(): Promise<void> {
    return this.writes.ended();
  }

  private async put(key: string, body: string): Promise<void> {
    const expected = await this.currentEtag(key);
    try {
      const etag = await this.attempt(key, body, () => this.blobs.put(key, body, expected ?? null));
      this.etags.set(key, etag);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // The answer to the first attempt may have been lost and the client may have tried again by itself.
      const current = await this.blobs.get(key);
      if (current?.body !== body) throw anotherWriter(key, error);
      this.etags.set(key, current.etag);
    }
  }

  private async attempt<T>(key: string, body: string | null, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof Conflict)) this.unconfirmed.set(key, body);
      throw error;
    }
  }

  /** The etag of what this process wrote or read last; a write of unknown outcome is looked up first. */
  private async currentEtag(key: string): Promise<string | undefined> {
    const attempted = this.unconfirmed.get(key);
    if (attempted === undefined) return this.etags.get(key);
    const current = await this.blobs.get(key);
    if (current === undefined) {
      if (attempted === null) this.etags.delete(key);
    } else if (current.body === attempted) this.etags.set(key, current.etag);
    this.unconfirmed.delete(key);
    return this.etags.get(key);
  }

  private async read(key: string): Promise<ObjectRecord | undefined> {
    const blob = await this.blobs.get(key);
    if (blob === undefined) return undefined;
    try {
      const record = decodeRecord(blob.body);
      if (this.blobOf(keyOf(record)) !== key)
        throw new UnreadableRecord(`it is the record of ${keyOf(record)}, which belongs elsewhere`);
      this.etags.set(key, blob.etag);
      return record;
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      const aside = `${key}.corrupt-${toRfc3339(this.clock.now()).replaceAll(':', '')}`;
      await this.blobs.put(aside, blob.body, null);
      await this.blobs.delete(key, blob.etag);
      this.warn(
        { file: key, movedTo: aside, cause: messageOf(error) },
        'a record of the state cannot be read and was put aside: its object is looked up in AWS instead',
      );
      return undefined;
    }
  }

  private blobOf(key: string): string {
    return `${this.prefix}${pathOf(key)}`;
  }
}

function anotherWriter(key: string, cause: Conflict): Conflict {
  return new Conflict(`another process writes the state: ${key} was changed by somebody else`, { cause });
}
