import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Conflict } from '../../../controller/engine/errors.ts';
import { StateLocked } from '../../../controller/state/file-lock.ts';
import { FileStore } from '../../../controller/state/file-store.ts';
import { encodeRecord } from '../../../controller/state/record-codec.ts';
import { FakeClock } from '../../fake-clock.ts';
import { sampleRecord } from './samples.ts';

let directory: string;
let warnings: Readonly<Record<string, unknown>>[];
const opened: FileStore[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'state-'));
  warnings = [];
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await rm(directory, { recursive: true, force: true });
});

async function open(clock = new FakeClock()): Promise<FileStore> {
  const store = await FileStore.open(directory, clock, (details) => warnings.push(details));
  opened.push(store);
  return store;
}

async function reopen(store: FileStore): Promise<FileStore> {
  await store.close();
  opened.splice(opened.indexOf(store), 1);
  return open();
}

/** Runs code of a process of its own, in which `store` is open. */
async function startWriter(code: string): Promise<ChildProcess> {
  const module = new URL('../../../controller/state/file-store.ts', import.meta.url).href;
  const time = new URL('../../../controller/time.ts', import.meta.url).href;
  const script = `
    import { FileStore } from ${JSON.stringify(module)};
    import { systemClock } from ${JSON.stringify(time)};
    const store = await FileStore.open(${JSON.stringify(directory)}, systemClock, () => {});
    process.stdout.write('open');
    ${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('records', () => {
  test('are there again after a restart', async () => {
    const store = await open();
    const environment = sampleRecord('production', null, 'Environment');
    await store.save(sampleRecord());
    await store.save(environment);
    expect(await (await reopen(store)).load()).toEqual(expect.arrayContaining([sampleRecord(), environment]));
  });

  test('are in one file each, readable by nobody else', async () => {
    const store = await open();
    await store.save(sampleRecord());
    const file = join(directory, 'FintechNetwork/production/core.json');
    expect(await readFile(file, 'utf8')).toBe(encodeRecord(sampleRecord()));
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await readdir(join(directory, 'FintechNetwork/production'))).toEqual(['core.json']);
  });

  test('that are removed do not come back, and removing them twice is no error', async () => {
    const store = await open();
    await store.save(sampleRecord());
    await store.remove('FintechNetwork/production/core');
    await store.remove('FintechNetwork/production/core');
    await store.remove('FintechNetwork/nowhere/nothing');
    expect(await (await reopen(store)).load()).toEqual([]);
  });

  test('saved in a row without waiting end as the last one', async () => {
    const store = await open();
    const versions = Array.from({ length: 20 }, (_, index) => ({ ...sampleRecord(), spec: { index } }));
    await Promise.all(versions.map((record) => store.save(record)));
    expect(await store.load()).toEqual([versions.at(-1)]);
  });

  test('of many objects are all found', async () => {
    const store = await open();
    const records = Array.from({ length: 150 }, (_, index) => sampleRecord(`object-${index}`));
    await Promise.all(records.map((record) => store.save(record)));
    expect((await store.load()).length).toBe(150);
  });

  test('are never half there, also when the process is killed while it writes', async () => {
    const record = JSON.stringify({ ...sampleRecord(), spec: { padding: 'x'.repeat(100_000) } });
    const writer = await startWriter(`
      const record = ${record};
      for (let index = 0; ; index += 1)
        await store.save({ ...record, metadata: { ...record.metadata, name: 'object-' + (index % 3) } });`);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await kill(writer);
    const records = await (await open()).load();
    expect(records.length).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
    const left = await readdir(join(directory, 'FintechNetwork/production'));
    expect(left.filter((name) => !name.endsWith('.json'))).toEqual([]);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['damaged', '{"schemaVersion":1,"rec'],
    ['empty', ''],
    [
      'from a newer version',
      encodeRecord(sampleRecord('bad')).replace('"schemaVersion":1', '"schemaVersion":2'),
    ],
    ['in the place of another', encodeRecord(sampleRecord('other'))],
  ])('because it is %s is put aside with a warning, and the rest is loaded', async (_, text) => {
    const store = await open();
    await store.save(sampleRecord());
    const folder = join(directory, 'FintechNetwork/production');
    await writeFile(join(folder, 'bad.json'), text);
    expect(await store.load()).toEqual([sampleRecord()]);
    expect(warnings).toMatchObject([{ file: 'FintechNetwork/production/bad.json' }]);
    const aside = (await readdir(folder)).find((name) => name.startsWith('bad.json.corrupt-2026-01-01T'));
    expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(text);
    warnings = [];
    expect(await store.load()).toEqual([sampleRecord()]);
    expect(warnings).toEqual([]);
  });

  test('because it is no state at all is left alone', async () => {
    await mkdir(join(directory, 'src/deep/er'), { recursive: true });
    await writeFile(join(directory, 'package.json'), '{}');
    await writeFile(join(directory, 'src/deep/tsconfig.json'), '{}');
    expect(await (await open()).load()).toEqual([]);
    expect(await readFile(join(directory, 'package.json'), 'utf8')).toBe('{}');
    expect(await readFile(join(directory, 'src/deep/tsconfig.json'), 'utf8')).toBe('{}');
  });
});

describe('the lock', () => {
  test('keeps a second process out, and says who has it', async () => {
    const writer = await startWriter('await new Promise(() => setInterval(() => {}, 1000));');
    const attempt = open();
    await expect(attempt).rejects.toBeInstanceOf(StateLocked);
    await expect(attempt).rejects.toThrow(`in use by process ${writer.pid} on ${hostname()}`);
    await kill(writer);
  });

  test('of a process that was killed is taken over at once', async () => {
    const writer = await startWriter('await new Promise(() => setInterval(() => {}, 1000));');
    await kill(writer);
    const store = await open();
    await store.save(sampleRecord());
    expect(await store.load()).toEqual([sampleRecord()]);
  });

  test('of a dead process whose number a living one has got is taken over', async () => {
    await writeLock({ pid: process.pid, process: 'another boot/1', host: hostname() });
    await expect(open()).resolves.toBeInstanceOf(FileStore);
  });

  test('that is damaged is taken over', async () => {
    await writeFile(join(directory, '.lock'), 'not a lock');
    await expect(open()).resolves.toBeInstanceOf(FileStore);
  });

  test('of another host holds as long as it is renewed, and a minute longer', async () => {
    const clock = new FakeClock(Date.UTC(2026, 0, 1, 0, 0, 59));
    await writeLock({ pid: 1, process: '', host: 'elsewhere' });
    await expect(open(clock)).rejects.toBeInstanceOf(StateLocked);
    await clock.advance(2_000);
    await expect(open(clock)).resolves.toBeInstanceOf(FileStore);
  });

  test('is given back on close', async () => {
    const store = await open();
    await expect(open()).rejects.toBeInstanceOf(StateLocked);
    await expect(reopen(store)).resolves.toBeInstanceOf(FileStore);
    expect(await readdir(directory)).toEqual(['.lock']);
  });

  test('that was taken over makes every further write a conflict', async () => {
    const clock = new FakeClock();
    const store = await open(clock);
    await writeLock({ pid: 1, process: '', host: 'elsewhere' });
    await clock.advance(15_000);
    // The look at the lock is real input and output, for which the fake clock does not wait.
    await expect
      .poll(() => store.save(sampleRecord()).catch((error: unknown) => error))
      .toBeInstanceOf(Conflict);
    await expect(store.remove('FintechNetwork/production/core')).rejects.toBeInstanceOf(Conflict);
  });
});

async function writeLock(holder: { pid: number; process: string; host: string }): Promise<void> {
  const time = '2026-01-01T00:00:00Z';
  const text = JSON.stringify({ token: 'another', ...holder, startedAt: time, renewedAt: time });
  await writeFile(join(directory, '.lock'), text);
}
