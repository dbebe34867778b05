import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process holds the lock `directory`.
 *
 * It spares others the same work; it is not what keeps them from harm. A lock whose owner has died is taken
 * over, and in the rare case that two take it over at once both do the work.
 */
export async function withInstallLock<T>(
  directory: string,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> {
  let waited = false;
  while (!(await take(directory))) {
    if (!waited) onWait();
    waited = true;
    await sleep(250);
  }
  try {
    return await work();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function take(directory: string): Promise<boolean> {
  // The owner is written before the directory gets its name, so that a lock without an owner cannot be seen.
  const mine = `${directory}.${process.pid}`;
  await mkdir(mine, { recursive: true });
  await writeFile(join(mine, 'owner'), String(process.pid));
  try {
    await rename(mine, directory);
    return true;
  } catch {
    await rm(mine, { recursive: true, force: true });
  }
  if (!(await ownerIsAlive(directory))) await rm(directory, { recursive: true, force: true });
  return false;
}

async function ownerIsAlive(directory: string): Promise<boolean> {
  try {
    return isAlive(Number(await readFile(join(directory, 'owner'), 'utf8')));
  } catch {
    return false;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
