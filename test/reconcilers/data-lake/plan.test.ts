import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { plan } from '../../../controller/cli/plan.ts';
import { readManifests } from '../../../controller/manifests/read.ts';
import type { ManifestSet } from '../../../controller/manifests/manifest.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, mutating, rules } from '../../product.ts';
import { contract, lakeKey, production } from './lake.ts';
import { temporaryDirectory } from '../../controller/manifests/directory.ts';

const manifests = fileURLToPath(new URL('../../../manifests', import.meta.url));

let emulator: Emulator;
const controllers: Controller[] = [];

beforeAll(async () => {
  emulator = await startEmulator();
});

afterEach(async () => {
  for (const controller of controllers.splice(0)) controller.close();
  await emulator.reset();
});

afterAll(() => emulator.stop());

function start(): Controller {
  const controller = new Controller(emulator.endpoint);
  controllers.push(controller);
  return controller;
}

/** What `fintechctl plan` prints, and its exit code. */
async function planned(directory: string, controller: Controller) {
  const lines: string[] = [];
  const output = { out: (text: string) => lines.push(text), err: (text: string) => lines.push(`error: ${text}`), isTerminal: false };
  const records = [...controller.objects.all.values()];
  const code = await plan(directory, 'text', records, rules, controller.product, output);
  return { code, text: lines.join('\n') };
}

async function convergeAll(controller: Controller, set: ManifestSet): Promise<void> {
  await controller.apply(set);
  for (const key of set.objects.keys()) await controller.converge(key);
}
