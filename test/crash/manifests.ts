import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';

const production = fileURLToPath(new URL('../../manifests/production', import.meta.url));

/** The lake as production has it: replicated, with prefixes and object lock. */
export async function writeProduction(directory: string): Promise<void> {
  for (const file of ['environment.yaml', 'lake.yaml'])
    await cp(join(production, file), join(directory, file));
}

/** The same, but meant to be deleted again with everything in it, which object lock forbids. */
export async function writeDeletableLake(directory: string): Promise<void> {
  await writeProduction(directory);
  const file = lakeIn(directory);
  const lake = parseDocument(await readFile(file, 'utf8'));
  lake.deleteIn(['spec', 'objectLock']);
  lake.setIn(['spec', 'deletionPolicy'], 'Delete');
  lake.setIn(['spec', 'emptyOnDeletion'], true);
  await writeFile(file, lake.toString());
}

export async function removeLake(directory: string): Promise<void> {
  await rm(lakeIn(directory));
}

function lakeIn(directory: string): string {
  return join(directory, 'lake.yaml');
}
