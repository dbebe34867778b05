#!/usr/bin/env node
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { connectAws, type Aws } from '../reconcilers/aws/cloud.ts';
import { StateBlobs } from '../reconcilers/aws/s3/state-blobs.ts';
import { kinds } from '../reconcilers/index.ts';
import type { StateLocation } from './cli/options.ts';
import { processOutput } from './cli/output.ts';
import { buildProgram, type Environment } from './cli/program.ts';
import type { CloudCall } from './cloud-call.ts';
import { messageOf } from './engine/errors.ts';
import type { KindRules } from './manifests/semantics.ts';
import { loadSchemas } from './manifests/schema.ts';
import { revisionOf } from './git/revision.ts';
import { BlobStateStore } from './state/blob-store.ts';
import { FileStore } from './state/file-store.ts';
import type { StateStore, Warn } from './state/store.ts';
import { systemClock } from './time.ts';

const definitions = fileURLToPath(new URL('../crds', import.meta.url));

/** Puts the real AWS, the real kinds and the real files into the commands. */
async function environment(): Promise<Environment<Aws>> {
  const listeners: ((call: CloudCall) => void)[] = [];
  return {
    rules: { schemas: await loadSchemas(definitions), kinds: kinds.flatMap(rulesOf) },
    product: {
      kinds: new Map(kinds.map((kind) => [kind.kind, kind])),
      connect(target) {
        const onCall = (call: CloudCall): void => {
          const rateLimit = connection.limiters[call.service]?.rate ?? Infinity;
          for (const listener of listeners) listener({ ...call, rateLimit });
        };
        const connection = connectAws(target, { onCall }, systemClock);
        return { cloud: connection.aws, verify: connection.checkAccount };
      },
    },
    output: processOutput,
    version: packageJson.version,
    openState,
    commitOf: revisionOf,
    listen: (listener) => void listeners.push(listener),
  };
}

function rulesOf(kind: (typeof kinds)[number]): readonly KindRules[] {
  if (kind.check === undefined) return [];
  return [{ kind: kind.kind, check: (spec, others) => kind.check?.(spec, others) ?? [] }];
}

function openState(location: StateLocation, warn: Warn = warnOnStderr): Promise<StateStore> {
  if ('directory' in location) return FileStore.open(location.directory, systemClock, warn);
  const blobs = new StateBlobs(location.bucket);
  return Promise.resolve(new BlobStateStore(blobs, location.prefix, systemClock, warn));
}

function warnOnStderr(_details: object, message: string): void {
  processOutput.err(message);
}

try {
  const name = basename(process.argv[1] ?? '').startsWith('fintechctl') ? 'fintechctl' : 'fintech-controller';
  const program = buildProgram(name, await environment(), (code) => {
    process.exitCode = code;
  });
  await program.parseAsync();
} catch (error) {
  processOutput.err(messageOf(error));
  process.exitCode = 1;
}
