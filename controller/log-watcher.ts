import type { CloudCall } from './cloud-call.ts';
import { conditionOf } from './conditions.ts';
import type { Watcher } from './daemon.ts';
import type { Drift } from './drift.ts';
import { messageOf } from './engine/errors.ts';
import type { Log } from './log.ts';
import { formatProblem } from './manifests/problem.ts';
import type { ManifestSet } from './manifests/manifest.ts';
import { keyOf, type ObjectRecord } from './object.ts';
import type { Verdict } from './reconciler.ts';
import type { BlockedDeletion } from './sync.ts';

/** One line per change of state, per drifting field and per call that writes; nothing for a pass that finds nothing. */
export class LogWatcher implements Watcher {
  private readonly log: Log;
  private readonly lastState = new Map<string, string>();
  private lastProblems = '';

  constructor(log: Log) {
    this.log = log;
  }

  /** One line for each call that writes; those that read are told only where they fail. */
  call(call: CloudCall): void {
    const succeeded = call.outcome === 'success';
    if (!call.mutating) {
      if (!succeeded) this.log.debug(call, 'aws call failed');
    } else if (succeeded) this.log.info(call, 'aws call');
    else this.log.warn(call, 'aws call failed');
  }

  synced(set: ManifestSet, blocked: readonly BlockedDeletion[]): void {
    const problems = set.problems.map((problem) => formatProblem(problem));
    if (problems.join('\n') !== this.lastProblems) {
      for (const problem of problems) this.log.warn({ problem }, 'manifest problem');
      this.lastProblems = problems.join('\n');
    }
    this.log.info({ objects: set.objects.size, problems: problems.length }, 'manifests read');
    for (const { message, objects } of blocked)
      this.log.error({ alert: 'DeletionBlocked', objects }, message);
  }

  drifted(record: ObjectRecord, drift: readonly Drift[]): void {
    const about = aboutOf(keyOf(record), record);
    for (const entry of drift) this.drift(about, entry);
  }

  reconciled(key: string, verdict: Verdict, record: ObjectRecord | undefined, seconds: number): void {
    const about = aboutOf(key, record);
    for (const { node, type, field } of verdict.corrected)
      this.log.info({ ...about, node, type, field }, 'drift corrected');
    if (verdict.removed) this.log.info(about, 'object is gone');
    const ready = conditionOf(record?.status.conditions ?? [], 'Ready');
    const state = ready === undefined ? '' : `${ready.status} ${ready.reason} ${ready.message}`;
    if (ready === undefined || this.lastState.get(key) === state) return;
    this.lastState.set(key, state);
    const { status, reason, message } = ready;
    this.log.info({ ...about, ready: status, reason, message, seconds }, 'object reconciled');
  }

  crashed(key: string, error: unknown): void {
    this.log.error({ object: key, error: messageOf(error) }, 'a reconcile did not come to its end');
  }

  failed(error: unknown): void {
    this.log.fatal({ error: messageOf(error) }, 'the daemon cannot go on');
  }

  private drift(about: object, { ignored, ...drift }: Drift): void {
    if (ignored) this.log.info({ ...about, ...drift }, 'drift ignored');
    else this.log.warn({ ...about, ...drift, alert: 'DriftDetected' }, 'drift detected');
  }
}

function aboutOf(object: string, record: ObjectRecord | undefined): Readonly<Record<string, unknown>> {
  if (record === undefined) return { object };
  const { generation } = record.metadata;
  return { object, generation, ...(record.commit === undefined ? {} : { commit: record.commit }) };
}
