import { deletionPolicyOf, modeOf, pausedUntil } from './annotations.ts';
import type { Connections } from './connections.ts';
import { withConditions, type Finding } from './conditions.ts';
import { DriftLedger, driftOf, type Drift } from './drift.ts';
import type { Clock } from './engine/clock.ts';
import { same } from './engine/compare.ts';
import type { Engine, Goal, PassResult } from './engine/engine.ts';
import { NotReady, Terminal } from './engine/errors.ts';
import type { AnyKind } from './engine/kind.ts';
import type { Memory } from './engine/memory.ts';
import { resyncInterval, type EnvironmentSpec, type Mode } from './environment.ts';
import { eventsAfter, withEvent } from './events.ts';
import { findingsOf, findingsOfError, worstOf } from './findings.ts';
import { keyOf, type ObjectRecord, type ObjectStatus } from './object.ts';
import type { Objects } from './objects.ts';
import type { Product } from './product.ts';
import { sleepOf, type Sleep } from './sleep.ts';
import { subjectOf } from './subject.ts';
import { toRfc3339 } from './time.ts';

/** What came of one reconcile of one object. */
export type Verdict = {
  /** Done: come back after `resync`. Otherwise the class of the error tells when. */
  readonly error?: unknown;
  /** Milliseconds; also given beside an error where the end of a pause is nearer. */
  readonly resync?: number;
  /** Milliseconds until a moment that was named: the object is looked at by then, to the second. */
  readonly latest?: number;
  /** Something was written, so that it is worth looking again at once. */
  readonly wrote: boolean;
  readonly appeared: readonly Drift[];
  readonly corrected: readonly Drift[];
  /** The object is gone for good. */
  readonly removed: boolean;
  readonly drift: readonly Drift[];
  /** Keys of the objects whose status it went by; undefined where there was no pass. */
  readonly refersTo?: readonly string[];
};

/** What a pass goes by beside the object itself. */
type Setting<Cloud> = {
  readonly environment: EnvironmentSpec;
  readonly kind: AnyKind<Cloud>;
  readonly cloud: Cloud;
  readonly mode: Mode;
  readonly sleep: Sleep | undefined;
  readonly now: number;
};

/** Milliseconds after office hours begin or end, so that a timer that fires early does not come before that. */
const boundaryDelay = 1_000;

const nothing = { wrote: false, appeared: [], corrected: [], removed: false, drift: [] } as const;

/** Reconciles one object at a time: chooses what a pass is to do, and puts what it found into the record. */
export class Reconciler<Cloud extends object> {
  private readonly product: Product<Cloud>;
  private readonly connections: Connections<Cloud>;
  private readonly objects: Objects;
  private readonly engine: Engine<Cloud>;
  private readonly clock: Clock;
  private readonly signal: AbortSignal;
  private readonly onDrift: ((record: ObjectRecord, drift: readonly Drift[]) => void) | undefined;
  private readonly ledger = new DriftLedger();

  constructor(parts: {
    readonly product: Product<Cloud>;
    readonly connections: Connections<Cloud>;
    readonly objects: Objects;
    readonly engine: Engine<Cloud>;
    readonly clock: Clock;
    /** Aborted when the daemon stops: calls that run are finished, none is started. */
    readonly signal: AbortSignal;
    /** Told of drift before any of it is corrected. */
    readonly onDrift?: (record: ObjectRecord, drift: readonly Drift[]) => void;
  }) {
    this.product = parts.product;
    this.connections = parts.connections;
    this.objects = parts.objects;
    this.engine = parts.engine;
    this.clock = parts.clock;
    this.signal = parts.signal;
    this.onDrift = parts.onDrift;
  }

  /** Never throws for what is wrong with one object: that goes into its conditions and the verdict. */
  async reconcile(key: string): Promise<Verdict> {
    const record = this.objects.get(key);
    if (record === undefined) return nothing;
    try {
      const environment = this.objects.environmentOf(record);
      if (environment === undefined)
        throw new NotReady(`waits for Environment/${record.metadata.namespace ?? ''}`);
      const connection = this.connections.to(environment.aws);
      await connection.verify();
      if (record.kind === 'Environment') return await this.environment(record, environment);
      const kind = this.product.kinds.get(record.kind);
      if (kind === undefined)
        throw new Terminal('InvalidSpec', `the kind ${record.kind} is not known to this version`);
      return await this.object(record, environment, kind, connection.cloud);
    } catch (error) {
      await this.report(record, { findings: findingsOfError(error) });
      return { ...nothing, error };
    }
  }

  private async environment(record: ObjectRecord, environment: EnvironmentSpec): Promise<Verdict> {
    const { accountId, region } = environment.aws;
    const remaining = this.objects.inNamespace(record.metadata.name).length;
    if (record.metadata.deletionTimestamp !== undefined) {
      if (remaining > 0) throw new NotReady(`waits for ${remaining} of its objects to go`);
      return this.removed(keyOf(record));
    }
    const message = `connected to account ${accountId} in ${region}`;
    await this.report(record, {
      findings: [{ type: 'Ready', status: 'True', reason: 'Connected', message }],
    });
    return { ...nothing, resync: resyncInterval(environment) };
  }

  private async object(
    record: ObjectRecord,
    environment: EnvironmentSpec,
    kind: AnyKind<Cloud>,
    cloud: Cloud,
  ): Promise<Verdict> {
    const now = this.clock.now();
    const mode = modeOf(record, environment, now);
    const sleep = sleepOf(kind, environment, now);
    const setting = { environment, kind, cloud, mode, sleep, now };
    const deleting = record.metadata.deletionTimestamp !== undefined;
    if (deleting && mode !== 'Enforce')
      throw new Terminal('DeletionBlocked', `its deletion waits: nothing is written in mode ${mode}`);
    const result = await this.pass(record, setting);
    if (result.state === 'Gone') return this.removed(keyOf(record));
    const kept = await this.keepApplied(record, result, (older) => this.pass(older, setting));
    const drift = driftOf(kept.plan);
    const asleepUntil = sleep?.isAsleep === true ? sleep.untilText : undefined;
    const { appeared, corrected: gone } = this.ledger.update(keyOf(record), drift, kept.state === 'InSync');
    // Where nothing is written, somebody else has undone it.
    const corrected = mode === 'Enforce' ? gone : [];
    await this.report(record, {
      findings: findingsOf(result, drift, { kind, mode, deleting, asleepUntil }),
      result: kept,
      ...(result.state === 'InSync' && mode === 'Enforce' ? { applied: record.spec } : {}),
      appeared,
      corrected,
    });
    const wrote = kept.writes > 0;
    return {
      ...this.next(result, record, setting),
      appeared,
      corrected,
      drift,
      wrote,
      removed: false,
      refersTo: result.refersTo,
    };
  }

  private pass(
    record: ObjectRecord,
    { environment, kind, cloud, mode, now }: Setting<Cloud>,
  ): Promise<PassResult<Cloud>> {
    return this.engine.pass({
      ...subjectOf(record, environment, kind, cloud, this.objects, now),
      goal: goalOf(record, deletionPolicyOf(record, environment), mode),
      persist: (memory) => this.remember(keyOf(record), memory),
      onPlan: (plan) => {
        const appeared = this.ledger.appeared(keyOf(record), driftOf(plan));
        if (appeared.length > 0) this.onDrift?.(record, appeared);
      },
      signal: this.signal,
    });
  }

  /** While a new spec is refused, what was applied before stays protected against drift. */
  private async keepApplied(
    record: ObjectRecord,
    result: PassResult<Cloud>,
    pass: (record: ObjectRecord) => Promise<PassResult<Cloud>>,
  ): Promise<PassResult<Cloud>> {
    const { applied } = record;
    if (result.state !== 'Refused' || applied === undefined || same(applied, record.spec)) return result;
    return pass({ ...record, spec: applied, memory: result.memory });
  }

  private next(
    result: PassResult<Cloud>,
    record: ObjectRecord,
    { environment, mode, sleep }: Setting<Cloud>,
  ): Pick<Verdict, 'error' | 'resync' | 'latest'> {
    const pause = mode === 'Paused' ? pausedUntil(record) : undefined;
    const boundary = sleep === undefined ? undefined : sleep.until + boundaryDelay;
    const latest = Math.max(0, Math.min(pause ?? Infinity, boundary ?? Infinity) - this.clock.now());
    const resync = Math.min(latest, resyncInterval(environment));
    if (result.state === 'InSync' || result.state === 'Differs') return { resync, latest };
    const error = worstOf(result.outcomes) ?? new NotReady('changes were made and are looked at again');
    // What stands in the way of one resource must not keep the others from being looked at in time.
    return { error, resync, latest };
  }

  private async remember(key: string, memory: Memory): Promise<void> {
    await this.objects.update(key, (record) => ({ ...record, memory }));
  }

  private async removed(key: string): Promise<Verdict> {
    this.ledger.forget(key);
    await this.objects.remove(key);
    return { ...nothing, removed: true };
  }

  /** Every way out of a reconcile comes through here, so that the status never keeps silent about an error. */
  private async report(
    record: ObjectRecord,
    found: {
      readonly findings: readonly Finding[];
      readonly result?: PassResult<Cloud>;
      readonly applied?: ObjectRecord['spec'];
      readonly appeared?: readonly Drift[];
      readonly corrected?: readonly Drift[];
    },
  ): Promise<void> {
    const now = toRfc3339(this.clock.now());
    const { generation } = record.metadata;
    const { result, applied, findings, appeared = [], corrected = [] } = found;
    await this.objects.update(keyOf(record), (current) => {
      const conditions = withConditions(current.status.conditions, findings, generation, now);
      const news = eventsAfter(current.status.conditions, conditions, appeared, corrected);
      const status: ObjectStatus = {
        ...(result === undefined
          ? current.status
          : { ...result.status, resources: result.resources, lastObservedTime: now }),
        observedGeneration: generation,
        ...(record.commit === undefined ? {} : { observedCommit: record.commit }),
        conditions,
      };
      const events = news.reduce((all, event) => withEvent(all, event, now), current.events);
      const memory = result?.memory ?? current.memory;
      return { ...current, ...(applied === undefined ? {} : { applied }), status, events, memory };
    });
  }
}

function goalOf(record: ObjectRecord, policy: 'Retain' | 'Delete', mode: Mode): Goal {
  if (mode !== 'Enforce') return 'observe';
  if (record.metadata.deletionTimestamp === undefined) return 'converge';
  return policy === 'Delete' ? 'delete' : 'retain';
}
