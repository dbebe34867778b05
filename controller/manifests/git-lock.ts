import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from './list-files.ts';

/** A lock as old as this was left behind by a git that was killed. */
const abandonedAfterMilliseconds = 10 * 60_000;

/**
 * Whether git is changing the checkout that the directory belongs to. Git holds `index.lock` from before the first
 * file that it writes until after the last.
 */
export async function isBeingCheckedOut(directory: string): Promise<boolean> {
  const git = await gitDirectory(resolve(directory));
  if (git === undefined) return false;
  const lock = await statOrNothing(join(git, 'index.lock'));
  return lock !== undefined && Date.now() - lock.mtimeMs < abandonedAfterMilliseconds;
}

async function gitDirectory(directory: string): Promise<string | undefined> {
  const candidate = join(directory, '.git');
  const found = await statOrNothing(candidate);
  if (found?.isDirectory() === true) return candidate;
  if (found?.isFile() === true) {
    // A worktree or submodule: the file says where its git directory is.
    const target = /^gitdir: (.+)$/m.exec(await readFile(candidate, 'utf8'))?.[1];
    return target === undefined ? undefined : resolve(directory, target);
  }
  const parent = dirname(directory);
  return parent === directory ? undefined : gitDirectory(parent);
}

async function statOrNothing(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) !== undefined) return undefined;
    throw error;
  }
}
