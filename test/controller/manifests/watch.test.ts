import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { ManifestReading } from '../../../controller/manifests/manifest.ts';
import { watchManifests } from '../../../controller/manifests/watch.ts';
import { temporaryDirectory, write } from './directory.ts';
import { environment, keysOf, lake, lakeNamed, rules } from './samples.ts';

const patience = { timeout: 3000, interval: 5 };
const onlyEnvironment = ['Environment/production'];
const both = ['DataLake/production/lake', 'Environment/production'];

type Limits = { readonly quietMilliseconds?: number; readonly latestMilliseconds?: number };

/** Watches a directory for the length of a test; gives the list that readings are added to. */
function watching(directory: string, milliseconds: Limits = {}): readonly ManifestReading[] {
  const abort = new AbortController();
  const readings: ManifestReading[] = [];
  const options = { ...rules, quietMilliseconds: 40, latestMilliseconds: 300, ...milliseconds };
  const finished = (async () => {
    for await (const reading of watchManifests(directory, options, abort.signal)) readings.push(reading);
  })();
  onTestFinished(async () => {
    abort.abort();
    await finished;
  });
  return readings;
}

function latestKeys(readings: readonly ManifestReading[]): readonly string[] | undefined {
  const latest = readings.at(-1);
  return latest && keysOf(latest);
}

it('reads at once, and again after a file is added, changed, moved and removed', async () => {
  const directory = await temporaryDirectory({ 'e.yaml': environment });
  const readings = watching(directory);
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
  await write(directory, 'new/l.yaml', lake);
  await expect.poll(() => latestKeys(readings), patience).toEqual(both);
  await write(directory, 'new/l.yaml', lakeNamed('other'));
  await expect
    .poll(() => latestKeys(readings), patience)
    .toEqual(['DataLake/production/other', 'Environment/production']);
  await rm(join(directory, 'new'), { recursive: true });
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
});

it('makes one reading of many changes', async () => {
  const directory = await temporaryDirectory({ 'e.yaml': environment });
  const readings = watching(directory, { quietMilliseconds: 200, latestMilliseconds: 2000 });
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
  await setTimeout(100);
  const before = readings.length;
  for (let index = 0; index < 10; index += 1)
    await write(directory, `${index}.yaml`, lakeNamed(`lake-${index}`));
  await expect.poll(() => readings.at(-1)?.objects.size, patience).toBe(11);
  expect(readings.length - before).toBe(1);
});

it('does not wait for ever where changes never end', async () => {
  const directory = await temporaryDirectory({ 'e.yaml': environment });
  const readings = watching(directory, { latestMilliseconds: 150 });
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
  const busy = new AbortController();
  const writing = (async () => {
    for (let index = 0; !busy.signal.aborted; index += 1) {
      await write(directory, 'l.yaml', lakeNamed(`lake-${index}`));
      await setTimeout(15);
    }
  })();
  await expect.poll(() => readings.at(-1)?.objects.size, patience).toBe(2);
  busy.abort();
  await writing;
});

it('says nothing when files were touched and their contents stayed the same', async () => {
  const directory = await temporaryDirectory({ 'e.yaml': environment });
  const readings = watching(directory, { quietMilliseconds: 100 });
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
  await setTimeout(100);
  await utimes(join(directory, 'e.yaml'), new Date(), new Date());
  await write(directory, 'e.yaml', environment);
  await write(directory, 'README.md', 'unrelated');
  await setTimeout(300);
  expect(readings).toHaveLength(1);
});

it('waits while git changes the checkout', async () => {
  const checkout = await temporaryDirectory({
    '.git/HEAD': 'ref: refs/heads/main',
    'manifests/e.yaml': environment,
  });
  const readings = watching(join(checkout, 'manifests'));
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
  await writeFile(join(checkout, '.git/index.lock'), '');
  await rm(join(checkout, 'manifests/e.yaml'));
  await setTimeout(200);
  expect(readings).toHaveLength(1);
  await write(checkout, 'manifests/all.yaml', `${environment}---\n${lake}`);
  await rm(join(checkout, '.git/index.lock'));
  await expect.poll(() => latestKeys(readings), patience).toEqual(both);
  expect(readings).toHaveLength(2);
});

it('waits for the git directory of a worktree too, but not for a lock that a killed git left behind', async () => {
  const repository = await temporaryDirectory({ 'worktrees/one/index.lock': '' });
  const checkout = await temporaryDirectory({
    '.git': `gitdir: ${repository}/worktrees/one\n`,
    'e.yaml': environment,
  });
  const readings = watching(checkout);
  await setTimeout(100);
  expect(readings).toHaveLength(0);
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await utimes(join(repository, 'worktrees/one/index.lock'), anHourAgo, anHourAgo);
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
});

it('tells that a directory has gone, and reads it when it has come back', async () => {
  const parent = await temporaryDirectory({ 'manifests/e.yaml': environment });
  const readings = watching(join(parent, 'manifests'));
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
  await rm(join(parent, 'manifests'), { recursive: true });
  await expect.poll(() => readings.at(-1)?.readable, patience).toBe(false);
  await mkdir(join(parent, 'manifests'));
  await write(parent, 'manifests/e.yaml', environment);
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
});

it('follows a link that is turned to another directory and back, and what changes there', async () => {
  const parent = await temporaryDirectory({
    'one/e.yaml': environment,
    'two/all.yaml': `${environment}---\n${lake}`,
  });
  await symlink('one', join(parent, 'current'));
  const readings = watching(join(parent, 'current'));
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
  await setTimeout(100);
  await write(parent, 'one/deep/l.yaml', lake);
  await expect.poll(() => latestKeys(readings), patience).toEqual(both);
  await turn(join(parent, 'current'), 'two');
  await setTimeout(200);
  await write(parent, 'two/all.yaml', environment);
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
  await turn(join(parent, 'current'), 'one');
  await expect.poll(() => latestKeys(readings), patience).toEqual(both);
  await setTimeout(100);
  await rm(join(parent, 'one/deep'), { recursive: true });
  await expect.poll(() => latestKeys(readings), patience).toEqual(onlyEnvironment);
});

/** Atomically, as tools that keep a checkout up to date do it. */
async function turn(link: string, target: string): Promise<void> {
  await symlink(target, `${link}.new`);
  await rename(`${link}.new`, link);
}
