import { beforeEach, describe, expect, test } from 'vitest';
import { Conflict } from '../../../controller/engine/errors.ts';
import { BlobStateStore, type BlobStore } from '../../../controller/state/blob-store.ts';
import { encodeRecord } from '../../../controller/state/record-codec.ts';
import { FakeClock } from '../../fake-clock.ts';
import { sampleRecord } from './samples.ts';

/** A bucket in memory, whose answers can be made to get lost after the work was done. */
class Bucket implements BlobStore {
  readonly blobs = new Map<string, { readonly body: string; readonly etag: string }>();
  loseAnswers = 0;
  writes = 0;

  list(prefix: string): Promise<readonly string[]> {
    return Promise.resolve([...this.blobs.keys()].filter((key) => key.startsWith(prefix)));
  }

  get(key: string): Promise<{ readonly body: string; readonly etag: string } | undefined> {
    return Promise.resolve(this.blobs.get(key));
  }

  async put(key: string, body: string, expectedEtag: string | null): Promise<string> {
    if ((this.blobs.get(key)?.etag ?? null) !== expectedEtag) throw new Conflict('precondition failed');
    const etag = `etag-${(this.writes += 1)}`;
    this.blobs.set(key, { body, etag });
    await this.answer();
    return etag;
  }

  async delete(key: string, etag: string): Promise<void> {
    const current = this.blobs.get(key);
    if (current === undefined) return;
    if (current.etag !== etag) throw new Conflict('precondition failed');
    this.blobs.delete(key);
    await this.answer();
  }

  private answer(): Promise<void> {
    if (this.loseAnswers === 0) return Promise.resolve();
    this.loseAnswers -= 1;
    return Promise.reject(new Error('the connection was reset'));
  }
}

const key = 'FintechNetwork/production/core';
const blob = `fleet/a/${key}.json`;
let bucket: Bucket;
let warnings: unknown[];

beforeEach(() => {
  bucket = new Bucket();
  warnings = [];
});

function open(prefix = 'fleet/a'): BlobStateStore {
  return new BlobStateStore(bucket, prefix, new FakeClock(), (details) => warnings.push(details));
}

describe('records', () => {
  test('are there again after a restart, each in its blob', async () => {
    await open().save(sampleRecord());
    expect([...bucket.blobs.keys()]).toEqual([blob]);
    expect(await open('fleet/a/').load()).toEqual([sampleRecord()]);
    expect(await open('fleet/b').load()).toEqual([]);
  });

  test('are written over and over, also after a restart', async () => {
    await open().save(sampleRecord());
    const store = open();
    await store.load();
    await Promise.all([1, 2, 3].map((index) => store.save({ ...sampleRecord(), spec: { index } })));
    expect(await open().load()).toMatchObject([{ spec: { index: 3 } }]);
  });

  test('are removed, twice if need be, and can be made again', async () => {
    const store = open();
    await store.save(sampleRecord());
    await store.remove(key);
    await store.remove(key);
    expect(bucket.blobs.size).toBe(0);
    await store.save(sampleRecord());
    expect(bucket.blobs.size).toBe(1);
  });

  test('that cannot be read are put aside with a warning', async () => {
    bucket.blobs.set(blob, { body: 'damaged', etag: 'x' });
    const store = open();
    expect(await store.load()).toEqual([]);
    expect([...bucket.blobs.keys()]).toEqual([`${blob}.corrupt-2026-01-01T000000Z`]);
    expect(warnings).toMatchObject([{ file: blob }]);
    await store.save(sampleRecord());
    expect(await open().load()).toEqual([sampleRecord()]);
  });
});

describe('another writer', () => {
  test('is noticed when it has changed a record', async () => {
    const [one, other] = [open(), open()];
    await one.save(sampleRecord());
    await other.load();
    await other.save({ ...sampleRecord(), spec: { by: 'the other' } });
    const attempt = one.save({ ...sampleRecord(), spec: { by: 'one' } });
    await expect(attempt).rejects.toBeInstanceOf(Conflict);
    await expect(attempt).rejects.toThrow('another process writes the state');
    await expect(one.remove(key)).rejects.toBeInstanceOf(Conflict);
  });

  test('is noticed when it has made the record first', async () => {
    const store = open();
    await open().save({ ...sampleRecord(), spec: {} });
    await expect(store.save(sampleRecord())).rejects.toBeInstanceOf(Conflict);
  });

  test('is noticed when it has removed the record', async () => {
    const store = open();
    await store.save(sampleRecord());
    bucket.blobs.clear();
    await expect(store.save(sampleRecord())).rejects.toBeInstanceOf(Conflict);
  });
});

describe('an answer that got lost', () => {
  test('is not taken for another writer, whether the save is repeated or another one follows', async () => {
    const store = open();
    bucket.loseAnswers = 1;
    await expect(store.save(sampleRecord())).rejects.toThrow('reset');
    await store.save(sampleRecord());
    bucket.loseAnswers = 1;
    await expect(store.save({ ...sampleRecord(), spec: { index: 1 } })).rejects.toThrow('reset');
    await store.save({ ...sampleRecord(), spec: { index: 2 } });
    expect(await open().load()).toMatchObject([{ spec: { index: 2 } }]);
  });

  test('and whose request the client repeated by itself counts as saved', async () => {
    bucket.blobs.set(blob, { body: encodeRecord(sampleRecord()), etag: 'of the first attempt' });
    const store = open();
    await store.save(sampleRecord());
    await store.save({ ...sampleRecord(), spec: {} });
    expect(await open().load()).toMatchObject([{ spec: {} }]);
  });

  test('of a removal does not stand in the way of the next save', async () => {
    const store = open();
    await store.save(sampleRecord());
    bucket.loseAnswers = 1;
    await expect(store.remove(key)).rejects.toThrow('reset');
    await store.save(sampleRecord());
    await store.remove(key);
    expect(bucket.blobs.size).toBe(0);
  });
});
