import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { ManifestFile } from './assemble.ts';
import { errorCode, listFiles, type Listing } from './list-files.ts';

/** The bytes of a whole manifest directory at one moment. */
export type Contents =
  | {
      readonly readable: true;
      readonly files: readonly ManifestFile[];
      readonly refused: Listing['refused'];
      /** The same for the same contents. */
      readonly digest: string;
    }
  | { readonly readable: false; readonly reason: string; readonly digest: string };

const attempts = 10;
const pauseMilliseconds = 50;

/**
 * Reads all files of a directory, again if any of them changed meanwhile, so that what is returned did exist at one
 * moment. Never rejects because of what is in the directory.
 */
export async function readContents(directory: string): Promise<Contents> {
  let moved = 'files kept changing while they were read';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await setTimeout(pauseMilliseconds);
    try {
      const before = await listFiles(directory);
      const files = await readAll(before);
      const after = await listFiles(directory);
      if (JSON.stringify(before) === JSON.stringify(after)) {
        return { readable: true, files, refused: before.refused, digest: digestOf(files, before.refused) };
      }
    } catch (error) {
      const reason = unreadable(error);
      // A file that was listed and is gone has moved; a directory that is not there is seen at the first listing.
      if (errorCode(error) !== 'ENOENT') return reason;
      moved = reason.reason;
    }
  }
  return { readable: false, reason: moved, digest: moved };
}

async function readAll(listing: Listing): Promise<readonly ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const { file, path } of listing.files) files.push({ file, bytes: await readFile(path) });
  return files;
}

function unreadable(error: unknown): {
  readonly readable: false;
  readonly reason: string;
  readonly digest: string;
} {
  const code = errorCode(error);
  if (code === undefined || !(error instanceof Error)) throw error;
  const reason = `cannot be read (${error.message})`;
  return { readable: false, reason, digest: reason };
}

function digestOf(files: readonly ManifestFile[], refused: Listing['refused']): string {
  const hash = createHash('sha256');
  for (const { file, bytes } of files) hash.update(`${file}\0${bytes.byteLength}\0`).update(bytes);
  return hash.update(JSON.stringify(refused)).digest('hex');
}
