import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Clock } from '../engine/clock.ts';
import { messageOf } from '../engine/errors.ts';
import { keyOf, type ObjectRecord } from '../object.ts';
import { toRfc3339 } from '../time.ts';
import { makeDirectory, removeDurably, writeDurably } from './durable.ts';
import { FileLock } from './file-lock.ts';
import { decodeRecord, encodeRecord, UnreadableRecord } from './record-codec.ts';
import { pathOf } from './record-path.ts';
import { Serial } from './serial.ts';
import type { StateStore, Warn } from './store.ts';

/** How many files are read at once. */
const readersAtOnce = 64;

/** Keeps each record in a file of its own, in a directory that one process has at a time. */
export class FileStore implements StateStore {
  private readonly directory: string;
  private readonly clock: Clock;
  private readonly warn: Warn;
  private readonly lock: FileLock;
  private readonly made = new Set<string>();
  private readonly writes = new Serial();

  private constructor(directory: string, clock: Clock, warn: Warn, lock: FileLock) {
    this.directory = directory;
    this.clock = clock;
    this.warn = warn;
    this.lock = lock;
  }

  /** Takes the directory, or throws StateLocked with who has it. */
  static async open(directory: string, clock: Clock, warn: Warn): Promise<FileStore> {
    const absolute = resolve(directory);
    await makeDirectory(absolute);
    return new FileStore(absolute, clock, warn, await FileLock.acquire(absolute, clock));
  }

  async load(): Promise<readonly ObjectRecord[]> {
    const files = await this.files();
    // A process that was killed while it wrote leaves its draft behind.
    const drafts = files.filter((file) => /\.json\.\d+$/.test(file));
    await Promise.all(drafts.map((file) => rm(file, { force: true })));
    const stored = files.filter((file) => file.endsWith('.json'));
    const records: ObjectRecord[] = [];
    for (let start = 0; start < stored.length; start += readersAtOnce) {
      const batch = stored.slice(start, start + readersAtOnce);
      const read = await Promise.all(batch.map((file) => this.read(file)));
      records.push(...read.filter((record) => record !== undefined));
    }
    return records;
  }

  save(record: ObjectRecord): Promise<void> {
    const file = this.fileOf(keyOf(record));
    return this.writes.run(file, async () => {
      await this.lock.assertHeld();
      await this.ensureDirectory(dirname(file));
      await writeDurably(file, encodeRecord(record));
    });
  }

  remove(key: string): Promise<void> {
    const file = this.fileOf(key);
    return this.writes.run(file, async () => {
      await this.lock.assertHeld();
      await removeDurably(file);
    });
  }

  async close(): Promise<void> {
    await this.writes.ended();
    await this.lock.release();
  }

  /** Only what is where records are: whoever gives a wrong directory keeps everything else in it. */
  private async files(): Promise<readonly string[]> {
    const top = await readdir(this.directory, { withFileTypes: true });
    const kinds = top.filter((entry) => entry.isDirectory() && /^[A-Z]\w*$/.test(entry.name));
    const found = await Promise.all(
      kinds.map((kind) => readdir(join(this.directory, kind.name), { recursive: true, withFileTypes: true })),
    );
    return found
      .flat()
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => relative(this.directory, file).split(sep).length === 3);
  }

  private async read(file: string): Promise<ObjectRecord | undefined> {
    const text = await readFile(file, 'utf8');
    try {
      const record = decodeRecord(text);
      if (this.fileOf(keyOf(record)) !== file)
        throw new UnreadableRecord(`it is the record of ${keyOf(record)}, which belongs elsewhere`);
      return record;
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      const aside = `${file}.corrupt-${toRfc3339(this.clock.now()).replaceAll(':', '')}`;
      await rename(file, aside);
      this.warn(
        {
          file: relative(this.directory, file),
          movedTo: relative(this.directory, aside),
          cause: messageOf(error),
        },
        'a record of the state cannot be read and was put aside: its object is looked up in AWS instead',
      );
      return undefined;
    }
  }

  private fileOf(key: string): string {
    return join(this.directory, pathOf(key));
  }

  private async ensureDirectory(directory: string): Promise<void> {
    if (this.made.has(directory)) return;
    await makeDirectory(directory);
    this.made.add(directory);
  }
}
