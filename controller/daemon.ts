import type { Backoff } from './backoff.ts';
import type { Drift } from './drift.ts';
import type { Clock } from './engine/clock.ts';
import { Conflict } from './engine/errors.ts';
import { same } from './engine/compare.ts';
import type { ManifestSet } from './manifests/manifest.ts';
import { environmentKey, keyOf, type ObjectRecord } from './object.ts';
import type { Objects } from './objects.ts';
import { priorities, type Queue } from './queue.ts';
import type { Reconciler, Verdict } from './reconciler.ts';
import { sync, type BlockedDeletion } from './sync.ts';
import { toRfc3339 } from './time.ts';

/** Who is told what the daemon does: logs, metrics, progress. */
export type Watcher = {
  synced?(set: ManifestSet, blocked: readonly BlockedDeletion[]): void;
  started?(key: string): void;
  /** Something differs that nobody changed in the manifests; it is about to be corrected, if the mode says so. */
  drifted?(record: ObjectRecord, drift: readonly Drift[]): void;
  /** `record` is as the reconcile left it; undefined when the object is gone. */
  reconciled?(key: string, verdict: Verdict, record: ObjectRecord | undefined, seconds: number): void;
  /** A reconcile that was started did not come to an end: its result could not be written, or a defect. */
  crashed?(key: string, error: unknown): void;
  /** The daemon cannot go on: somebody else writes its state, or the state cannot be written. */
  failed?(error: unknown): void;
};

/** How much a resync may move from its time, so that objects do not come back all at once. */
const jitter = 0.1;

/** Keeps objects reconciled: takes readings of the manifests, works off the queue, and comes back in time. */
export class Daemon<Cloud extends object> {
  private readonly objects: Objects;
  private readonly reconciler: Reconciler<Cloud>;
  private readonly queue: Queue;
  private readonly backoff: Backoff;
  private readonly clock: Clock;
  private readonly watchers: readonly Watcher[];
  private readonly stopping: AbortController;
  /** By object, those whose status it went by when it was looked at last. */
  private readonly refersTo = new Map<string, ReadonlySet<string>>();
  private workers: readonly Promise<void>[] = [];

  constructor(parts: {
    readonly objects: Objects;
    readonly reconciler: Reconciler<Cloud>;
    readonly queue: Queue;
    readonly backoff: Backoff;
    readonly clock: Clock;
    readonly watchers: readonly Watcher[];
    /** Aborted by {@link stop}; the reconciler has its signal. */
    readonly stopping: AbortController;
  }) {
    this.objects = parts.objects;
    this.reconciler = parts.reconciler;
    this.queue = parts.queue;
    this.backoff = parts.backoff;
    this.clock = parts.clock;
    this.watchers = parts.watchers;
    this.stopping = parts.stopping;
  }

  /** Starts as many workers, once; what was known before is looked at again, behind everything that is new. */
  start(workers: number): void {
    if (this.workers.length > 0) return;
    for (const [key, record] of this.objects.all) this.queue.add(key, { priority: initialPriority(record) });
    this.workers = Array.from({ length: workers }, () => this.work());
  }

  /** No new pass begins; those that run finish the calls they are in. Resolves when all have ended. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('the daemon is stopping'));
    await Promise.all(this.workers);
  }

  /** Takes a whole reading of the manifests. */
  async apply(set: ManifestSet, commit?: string): Promise<void> {
    const now = toRfc3339(this.clock.now());
    const { changed, deleted, blocked } = sync(this.objects.all, set, now, commit);
    for (const record of changed) {
      await this.objects.put(record);
      this.enqueue(record, priorities.manifestChange);
    }
    for (const record of deleted) {
      await this.objects.put(record);
      this.enqueue(record, priorities.deletion);
    }
    for (const watcher of this.watchers) watcher.synced?.(set, blocked);
  }

  /** Somebody wants this object looked at now. False if there is no such object. */
  request(key: string): boolean {
    if (this.objects.get(key) === undefined) return false;
    this.backoff.forget(key);
    this.queue.add(key, { priority: priorities.operatorRequest });
    return true;
  }

  private async work(): Promise<void> {
    for (;;) {
      const item = await this.queue.get(this.stopping.signal);
      if (item === undefined) return;
      const { key } = item;
      try {
        await this.reconcile(key);
      } catch (error) {
        // A reconcile reports its own errors; what comes here is a state that cannot be written, or a defect.
        this.schedule(key, { error });
        for (const watcher of this.watchers) watcher.crashed?.(key, error);
        if (error instanceof Conflict) for (const watcher of this.watchers) watcher.failed?.(error);
      } finally {
        this.queue.done(key);
      }
    }
  }

  private async reconcile(key: string): Promise<void> {
    const started = this.clock.now();
    for (const watcher of this.watchers) watcher.started?.(key);
    const before = this.objects.get(key);
    const wasReady = this.objects.isReady(key);
    const verdict = await this.reconciler.reconcile(key);
    const record = this.objects.get(key);
    const seconds = (this.clock.now() - started) / 1000;
    for (const watcher of this.watchers) watcher.reconciled?.(key, verdict, record, seconds);
    if (record === undefined) this.forget(key, before);
    else {
      if (verdict.wrote) this.backoff.forget(key);
      this.schedule(key, verdict);
      const becameReady = !wasReady && this.objects.isReady(key);
      if (verdict.refersTo !== undefined) this.refersTo.set(key, new Set(verdict.refersTo));
      if (becameReady || !same(outputsOf(before), outputsOf(record))) this.enqueueReferring(record);
    }
  }

  private schedule(
    key: string,
    { error, resync, latest = Infinity }: Pick<Verdict, 'error' | 'resync' | 'latest'>,
  ): void {
    if (error === undefined) {
      this.backoff.forget(key);
      const jittered = (resync ?? 0) * (1 + jitter * (2 * Math.random() - 1));
      // Some time short of what was named would only be an extra pass.
      const after = resync === latest ? latest : Math.min(jittered, latest);
      this.queue.add(key, { priority: priorities.resync, after });
      return;
    }
    const delay = this.backoff.next(key, error);
    this.queue.add(key, {
      priority: priorities.manifestChange,
      after: Math.min(delay.after, resync ?? Infinity),
      retry: delay.countsAsFailure,
    });
  }

  private forget(key: string, record: ObjectRecord | undefined): void {
    this.backoff.forget(key);
    this.refersTo.delete(key);
    this.queue.remove(key);
    // An Environment that is going waits for its last object.
    if (record?.metadata.namespace !== undefined) {
      const environment = environmentKey(record.metadata.namespace);
      if (this.objects.get(environment) !== undefined)
        this.queue.add(environment, { priority: priorities.deletion });
    }
  }

  private enqueue(record: ObjectRecord, priority: number): void {
    const key = keyOf(record);
    this.backoff.forget(key);
    this.queue.add(key, { priority });
    if (record.kind !== 'Environment') return;
    for (const other of this.objects.inNamespace(record.metadata.name))
      this.queue.add(keyOf(other), { priority });
  }

  /** Objects refer to one another within a namespace: what waits for this one need not wait any longer. */
  private enqueueReferring(record: ObjectRecord): void {
    const namespace = record.metadata.namespace ?? record.metadata.name;
    for (const other of this.objects.inNamespace(namespace)) {
      const key = keyOf(other);
      if (key === keyOf(record) || !this.mayReferTo(key, record)) continue;
      this.backoff.forget(key);
      this.queue.add(key, { priority: priorities.manifestChange });
    }
  }

  /** All wait for their Environment; of an object that had no pass yet nobody knows. */
  private mayReferTo(key: string, record: ObjectRecord): boolean {
    return record.kind === 'Environment' || this.refersTo.get(key)?.has(keyOf(record)) !== false;
  }
}

function initialPriority(record: ObjectRecord): number {
  return record.metadata.deletionTimestamp === undefined ? priorities.resync : priorities.deletion;
}

/** What other objects may refer to. */
function outputsOf(record: ObjectRecord | undefined): unknown {
  if (record === undefined) return undefined;
  const {
    conditions: _,
    resources: __,
    lastObservedTime: ___,
    observedGeneration: ____,
    observedCommit: _____,
    ...outputs
  } = record.status;
  return outputs;
}
