import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../engine/errors.ts';
import { Mirror } from '../git/mirror.ts';
import { revisionOf } from '../git/revision.ts';
import type { Log } from '../log.ts';
import type { Rules } from '../manifests/assemble.ts';
import type { ManifestReading } from '../manifests/manifest.ts';
import { readManifests } from '../manifests/read.ts';
import { watchManifests } from '../manifests/watch.ts';
import { systemClock } from '../time.ts';

export type ManifestSource = {
  /** A directory; inside the repository where `git` is given. */
  readonly manifests: string;
  readonly git?: string;
  readonly branch: string;
  /** Milliseconds between two looks at the repository. */
  readonly gitInterval: number;
};

type OnReading = (reading: ManifestReading, commit: string | undefined) => Promise<void>;

/** Hands over each whole reading of the manifests, with the commit it is of, until the signal is aborted. */
export async function followManifests(
  source: ManifestSource,
  rules: Rules,
  log: Log,
  signal: AbortSignal,
  onReading: OnReading,
): Promise<void> {
  if (source.git !== undefined)
    return followRemote({ ...source, git: source.git }, rules, log, signal, onReading);
  for await (const reading of watchManifests(source.manifests, rules, signal)) {
    await onReading(reading, await revisionOf(source.manifests));
  }
}

async function followRemote(
  source: ManifestSource & { readonly git: string },
  rules: Rules,
  log: Log,
  signal: AbortSignal,
  onReading: OnReading,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'fintech-controller-'));
  // A repository that cannot be read is looked at again; a reading that cannot be taken ends the daemon.
  const failed = new AbortController();
  const mirror = new Mirror({
    url: source.git,
    branch: source.branch,
    directory,
    interval: source.gitInterval,
    clock: systemClock,
    onCheckout: async ({ directory: checkout, commit }) => {
      const reading = await readManifests(join(checkout, source.manifests), rules);
      await onReading(reading, commit).catch((error: unknown) => failed.abort(error));
    },
    onError: (error) =>
      log.error(
        { error: messageOf(error) },
        'the repository cannot be read; what was read last stays in force',
      ),
  });
  await mirror.run(AbortSignal.any([signal, failed.signal]));
  await rm(directory, { recursive: true, force: true });
  failed.signal.throwIfAborted();
}
