import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { maximumFileBytes, tooLarge } from './parse.ts';
import { compareText } from './problem.ts';

export type ListedFile = {
  /** Relative to the manifest directory, with `/`. */
  readonly file: string;
  readonly path: string;
  /** Changes whenever the file does. */
  readonly version: string;
};

export type Listing = {
  readonly files: readonly ListedFile[];
  /** What may hold manifests and is not read, with the reason. */
  readonly refused: readonly { readonly file: string; readonly reason: string }[];
};

/**
 * Every YAML file below a directory, sorted by name, without what begins with a dot and without node_modules.
 * Symbolic links that stay inside of the directory are followed. Rejects if any directory cannot be read.
 */
export async function listFiles(directory: string): Promise<Listing> {
  const walk = new Walk(await realpath(directory));
  await walk.directory('');
  await walk.links();
  return {
    files: walk.files.sort((a, b) => compareText(a.file, b.file)),
    refused: walk.refused.sort((a, b) => compareText(a.file, b.file)),
  };
}

class Walk {
  readonly files: ListedFile[] = [];
  readonly refused: { file: string; reason: string }[] = [];
  readonly #root: string;
  readonly #seen = new Set<string>();
  readonly #links: string[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  async directory(file: string): Promise<void> {
    const path = await realpath(join(this.#root, file));
    if (this.#seen.has(path)) return;
    this.#seen.add(path);
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (isSkipped(entry)) continue;
      const inside = file === '' ? entry.name : `${file}/${entry.name}`;
      if (entry.isSymbolicLink()) this.#links.push(inside);
      else if (entry.isDirectory()) await this.directory(inside);
      else if (isYaml(entry.name)) await this.#file(inside);
    }
  }

  /** After everything else, so that a file is known by its own name and not by that of a link to it. */
  async links(): Promise<void> {
    for (let file = this.#links.shift(); file !== undefined; file = this.#links.shift()) {
      const path = await target(join(this.#root, file));
      if (path === undefined) {
        this.refused.push({ file, reason: 'the symbolic link leads nowhere' });
        continue;
      }
      const isDirectory = (await stat(path)).isDirectory();
      if (!isDirectory && !isYaml(file)) continue;
      if (path !== this.#root && !path.startsWith(this.#root + sep)) {
        this.refused.push({
          file,
          reason: 'the symbolic link leads out of the manifest directory; it is not followed',
        });
      } else if (isDirectory) {
        await this.directory(file);
      } else {
        await this.#file(file);
      }
    }
  }

  async #file(file: string): Promise<void> {
    const path = await realpath(join(this.#root, file));
    if (this.#seen.has(path)) return;
    this.#seen.add(path);
    const found = await stat(path);
    const { size, mtimeMs, ctimeMs, ino } = found;
    if (!found.isFile()) this.refused.push({ file, reason: 'not a regular file' });
    else if (size > maximumFileBytes) this.refused.push({ file, reason: tooLarge(size) });
    else this.files.push({ file, path, version: [size, mtimeMs, ctimeMs, ino].join(' ') });
  }
}

async function target(link: string): Promise<string | undefined> {
  try {
    return await realpath(link);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ELOOP') return undefined;
    throw error;
  }
}

/** The code of a system error, like ENOENT. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function isSkipped(entry: Dirent): boolean {
  return entry.name.startsWith('.') || entry.name === 'node_modules';
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/i.test(basename(file));
}
