import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { classOf } from '../backoff.ts';

const labelNames = ['controller'] as const;

/** The buckets of controller-runtime, so that its dashboards can be laid over ours. */
const seconds = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5,
  1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60,
];

const results = ['success', 'error', 'requeue', 'requeue_after'] as const;

/** What reconciles come to, under the names of controller-runtime; each kind is a `controller`. */
export class ReconcileMetrics {
  private readonly total: Counter<'controller' | 'result'>;
  private readonly errors: Counter<'controller'>;
  private readonly terminalErrors: Counter<'controller'>;
  private readonly panics: Counter<'controller'>;
  private readonly timeouts: Counter<'controller'>;
  private readonly time: Histogram<'controller'>;
  private readonly active: Gauge<'controller'>;

  constructor(registry: Registry, kinds: readonly string[], workers: number) {
    const registers = [registry];
    const counter = (name: string, help: string): Counter<'controller'> =>
      new Counter({ name: `controller_runtime_${name}`, help, labelNames, registers });
    this.total = new Counter({
      name: 'controller_runtime_reconcile_total',
      help: 'Reconciles by what came of them',
      labelNames: ['controller', 'result'],
      registers,
    });
    this.errors = counter('reconcile_errors_total', 'Reconciles that failed');
    this.terminalErrors = counter('terminal_reconcile_errors_total', 'Reconciles that wait for a person');
    this.panics = counter('reconcile_panics_total', 'Reconciles that ended in a defect of the controller');
    this.timeouts = counter('reconcile_timeouts_total', 'Reconciles that took longer than they may');
    this.time = new Histogram({
      name: 'controller_runtime_reconcile_time_seconds',
      help: 'How long reconciles take',
      labelNames,
      buckets: seconds,
      registers,
    });
    this.active = new Gauge({
      name: 'controller_runtime_active_workers',
      help: 'Workers that reconcile an object now',
      labelNames,
      registers,
    });
    const maximum = new Gauge({
      name: 'controller_runtime_max_concurrent_reconciles',
      help: 'Workers that there are; all kinds share them',
      labelNames,
      registers,
    });
    for (const controller of kinds) {
      for (const result of results) this.total.inc({ controller, result }, 0);
      for (const each of [this.errors, this.terminalErrors, this.panics, this.timeouts])
        each.inc({ controller }, 0);
      this.time.zero({ controller });
      this.active.set({ controller }, 0);
      maximum.set({ controller }, workers);
    }
  }

  started(controller: string): void {
    this.active.inc({ controller });
  }

  /** `error` is what the reconcile ended with; undefined when there is nothing left to do. */
  finished(controller: string, duration: number, error: unknown): void {
    this.active.dec({ controller });
    this.time.observe({ controller }, duration);
    this.total.inc({ controller, result: resultOf(error) });
    if (resultOf(error) === 'error') this.errors.inc({ controller });
    if (error !== undefined && classOf(error) === 'Terminal') this.terminalErrors.inc({ controller });
  }

  panicked(controller: string): void {
    this.panics.inc({ controller });
  }

  timedOut(controller: string): void {
    this.timeouts.inc({ controller });
  }
}

/** Waiting for AWS and being asked for fewer calls are no errors: the object comes back in a while. */
function resultOf(error: unknown): (typeof results)[number] {
  if (error === undefined) return 'success';
  const outcome = classOf(error);
  return outcome === 'NotReady' || outcome === 'Throttled' ? 'requeue_after' : 'error';
}
