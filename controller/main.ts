#!/usr/bin/env node
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectAws } from '../reconcilers/aws/cloud.ts';
import { StateBlobs } from '../reconcilers/aws/s3/state-blobs.ts';
import type { Aws } from '../reconcilers/aws/cloud.ts';
import { kinds } from '../reconcilers/index.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { StateLocation } from './cli/options.ts';
import { processOutput } from './cli/output.ts';
import { buildProgram } from './cli/program.ts';
import { messageOf } from './engine/errors.ts';
import { loadSchemas } from './manifests/schema.ts';
import type { Product } from './product.ts';
import { BlobStateStore } from './state/blob-store.ts';
import { FileStore } from './state/file-store.ts';
import type { StateStore } from './state/store.ts';
import { systemClock } from './time.ts';

const definitions = fileURLToPath(new URL('../crds', import.meta.url));

const product: Product<Aws> = {
  kinds: new Map(kinds.map((kind) => [kind.kind, kind])),
  connect(target) {
    const connection = connectAws(target, { onCall: () => undefined }, systemClock);
    return { cloud: connection.aws, verify: () => connection.checkAccount() };
  },
};

function openState(location: StateLocation): Promise<StateStore> {
  const warn = (_details: object, message: string): void => processOutput.err(message);
  if ('directory' in location) return FileStore.open(location.directory, systemClock, warn);
  return Promise.resolve(
    new BlobStateStore(new StateBlobs(location.bucket), location.prefix, systemClock, warn),
  );
}

try {
  const schemas = await loadSchemas(definitions);
  const checked = kinds.flatMap(({ kind, check }) => (check === undefined ? [] : [{ kind, check }]));
  const program = buildProgram(
    basename(process.argv[1] ?? '').startsWith('fintechctl') ? 'fintechctl' : 'fintech-controller',
    {
      rules: { schemas, kinds: checked },
      product,
      output: processOutput,
      version: packageJson.version,
      openState,
      commitOf: () => Promise.resolve(undefined),
      run: () => Promise.resolve(1),
      watchers: [],
    },
    (code) => {
      process.exitCode = code;
    },
  );
  await program.parseAsync();
} catch (error) {
  processOutput.err(messageOf(error));
  process.exitCode = 1;
}
