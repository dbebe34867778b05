import { realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import type { Rules } from './assemble.ts';
import { Changes, pause } from './changes.ts';
import { readContents, type Contents } from './contents.ts';
import { isBeingCheckedOut } from './git-lock.ts';
import { errorCode } from './list-files.ts';
import type { ManifestReading } from './manifest.ts';
import { toReading } from './read.ts';

export type WatchOptions = Rules & {
  /** Nothing has changed for so long before the directory is read again. Default 300. */
  readonly quietMilliseconds?: number;
  /** Read after so long even though changes go on. Default 2000. */
  readonly latestMilliseconds?: number;
  /** Read after so long without any change, because some file systems report none. Default 60000. */
  readonly rereadMilliseconds?: number;
};

const lockPollMilliseconds = 50;

/**
 * The manifests of a directory, at once and again after each change of their contents, until the signal says to stop.
 * While the consumer is busy changes gather; it never gets an outdated reading afterwards.
 */
export async function* watchManifests(
  directory: string,
  options: WatchOptions,
  signal: AbortSignal,
): AsyncGenerator<ManifestReading, void, void> {
  const { quietMilliseconds = 300, latestMilliseconds = 2000, rereadMilliseconds = 60_000 } = options;
  const changes = new Changes(quietMilliseconds, latestMilliseconds);
  const watcher = watch(directory, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => basename(path) === '.git' || basename(path) === 'node_modules',
  });
  watcher.on('all', () => changes.touch());
  // What changed before the watcher was ready, or while it failed, is found by reading again.
  watcher.on('ready', () => changes.touch());
  watcher.on('error', () => changes.touch());
  try {
    let seen: string | undefined;
    let target = resolve(directory);
    while (!signal.aborted) {
      target = await follow(watcher, directory, target, changes);
      const contents = await readBetweenCheckouts(directory, signal);
      if (contents !== undefined && contents.digest !== seen) {
        seen = contents.digest;
        yield toReading(contents, options);
      }
      await changes.settled(rereadMilliseconds, signal);
    }
  } finally {
    await watcher.close();
  }
}

/**
 * The watcher follows no links, lest one lead it through a whole disk. So where the directory is itself a link, which
 * is turned to switch versions, what it leads to is watched as well.
 */
async function follow(
  watcher: FSWatcher,
  directory: string,
  before: string,
  changes: Changes,
): Promise<string> {
  const target = await resolved(directory);
  if (target === before) return target;
  if (before !== resolve(directory)) watcher.unwatch(before);
  watcher.add(target);
  // Once more a little later, for what changes before the new place is watched.
  changes.touch();
  return target;
}

async function resolved(directory: string): Promise<string> {
  try {
    return await realpath(directory);
  } catch (error) {
    if (errorCode(error) !== undefined) return resolve(directory);
    throw error;
  }
}

async function readBetweenCheckouts(directory: string, signal: AbortSignal): Promise<Contents | undefined> {
  while (!signal.aborted) {
    if (!(await isBeingCheckedOut(directory))) {
      const contents = await readContents(directory);
      if (!(await isBeingCheckedOut(directory))) return contents;
    }
    await pause(lockPollMilliseconds, signal);
  }
  return undefined;
}
