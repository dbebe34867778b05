import { assemble, type Rules } from './assemble.ts';
import { readContents, type Contents } from './contents.ts';
import type { ManifestReading, Problem } from './manifest.ts';

/** Reads and checks all manifests of a directory. What cannot be read or used is told in the result. */
export async function readManifests(directory: string, rules: Rules): Promise<ManifestReading> {
  return toReading(await readContents(directory), rules);
}

export function toReading(contents: Contents, rules: Rules): ManifestReading {
  if (!contents.readable) {
    const problem: Problem = { file: '.', line: 1, column: 1, message: contents.reason };
    return {
      readable: false,
      objects: new Map(),
      problems: [problem],
      invalid: new Set(),
      broken: new Set(),
    };
  }
  const refused = contents.refused.map(({ file, reason }) => ({ file, line: 1, column: 1, message: reason }));
  return assemble(contents.files, rules, refused);
}
