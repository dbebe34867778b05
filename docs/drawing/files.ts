import { join } from 'node:path';
import { drawing } from './drawing.ts';
import { plannedNetwork } from './planned-network.ts';

const project = join(import.meta.dirname, '..', '..');

/** The drawing in the page of the kind. */
export const file = join(project, 'docs', 'kinds', 'fintech-network.svg');

/** What it should hold: the production network as it is planned today. */
export async function drawn(): Promise<string> {
  return drawing(await plannedNetwork(join(project, 'manifests', 'production')));
}
