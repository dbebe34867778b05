import type { Watcher } from './daemon.ts';
import type { ManifestSet } from './manifests/manifest.ts';
import type { Metrics } from './metrics/metrics.ts';
import { labelsOf } from './metrics/object-labels.ts';
import type { ObjectRecord } from './object.ts';
import type { Verdict } from './reconciler.ts';
import type { BlockedDeletion } from './sync.ts';

/** Reasons for which somebody should be called. */
export const alertReasons = ['DriftDetected', 'DeletionBlocked'] as const;

/** Counts what the daemon does. */
export class MetricsWatcher implements Watcher {
  private readonly metrics: Metrics;
  private blocked = '';

  constructor(metrics: Metrics) {
    this.metrics = metrics;
  }

  synced(set: ManifestSet, blocked: readonly BlockedDeletion[]): void {
    const objects = blocked.flatMap((deletion) => deletion.objects);
    const { readable, problems } = set;
    this.metrics.manifests.read({
      now: Date.now(),
      readable,
      problems: problems.length,
      deletionsBlocked: objects.filter((key) => labelsOf(key).kind !== 'Environment').length,
    });
    // Every reading says it again; an alert is raised when it changes.
    if (objects.length > 0 && objects.join() !== this.blocked) this.metrics.alerted('DeletionBlocked');
    this.blocked = objects.join();
  }

  started(key: string): void {
    this.metrics.reconciles.started(labelsOf(key).kind);
  }

  reconciled(key: string, verdict: Verdict, record: ObjectRecord | undefined, seconds: number): void {
    const { kind } = labelsOf(key);
    this.metrics.reconciles.finished(kind, seconds, verdict.error);
    if (isDefect(verdict.error)) this.metrics.reconciles.panicked(kind);
    this.metrics.drift.observed(key, verdict);
    for (const { ignored } of verdict.appeared) if (!ignored) this.metrics.alerted('DriftDetected');
    if (record === undefined) this.metrics.drift.forget(key);
  }

  crashed(key: string, error: unknown): void {
    this.metrics.reconciles.finished(labelsOf(key).kind, 0, error);
  }
}

/** What would be a panic in Go: a mistake of this program, not of AWS, a manifest or the disk. */
function isDefect(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}
