import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../engine/clock.ts';
import { priorities, type QueueObserver } from '../queue.ts';
import { labelsOf } from './object-labels.ts';

const labelNames = ['name'] as const;

/** Those of client-go: powers of ten from 10 ns to 1000 s. */
const seconds = [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1_000];

export type WorkqueueSources = {
  readonly kinds: readonly string[];
  readonly clock: Clock;
  /** Keys that are being worked on, with the time of their start. */
  running(): ReadonlyMap<string, number>;
};

/** What goes through the queue, under the names of client-go; each kind is a queue by `name`. */
export class WorkqueueMetrics implements QueueObserver {
  private readonly depth: Gauge<'name' | 'priority'>;
  private readonly adds: Counter<'name'>;
  private readonly retries: Counter<'name'>;
  private readonly queueDuration: Histogram<'name'>;
  private readonly workDuration: Histogram<'name'>;

  constructor(registry: Registry, sources: WorkqueueSources) {
    const registers = [registry];
    this.depth = new Gauge({
      name: 'workqueue_depth',
      help: 'Objects that are ready and wait for a worker',
      labelNames: ['name', 'priority'],
      registers,
    });
    const counter = (name: string, help: string): Counter<'name'> =>
      new Counter({ name: `workqueue_${name}`, help, labelNames, registers });
    const histogram = (name: string, help: string): Histogram<'name'> =>
      new Histogram({ name: `workqueue_${name}`, help, labelNames, buckets: seconds, registers });
    this.adds = counter('adds_total', 'Objects that were added');
    this.retries = counter('retries_total', 'Objects that were added again after a failure');
    this.queueDuration = histogram('queue_duration_seconds', 'From being ready to being worked on');
    this.workDuration = histogram('work_duration_seconds', 'From being worked on to being done');
    addRunning(registry, sources);
    for (const name of sources.kinds) {
      for (const priority of Object.values(priorities)) this.depth.set({ name, priority }, 0);
      this.adds.inc({ name }, 0);
      this.retries.inc({ name }, 0);
      this.queueDuration.zero({ name });
      this.workDuration.zero({ name });
    }
  }

  depthChanged(key: string, priority: number, by: 1 | -1): void {
    this.depth.inc({ name: nameOf(key), priority }, by);
  }

  added(key: string): void {
    this.adds.inc({ name: nameOf(key) });
  }

  retried(key: string): void {
    this.retries.inc({ name: nameOf(key) });
  }

  started(key: string, queuedFor: number): void {
    this.queueDuration.observe({ name: nameOf(key) }, queuedFor / 1_000);
  }

  finished(key: string, workedFor: number): void {
    this.workDuration.observe({ name: nameOf(key) }, workedFor / 1_000);
  }
}

/** What grows while nothing happens is worked out when somebody asks. */
function addRunning(registry: Registry, sources: WorkqueueSources): void {
  const ages = (name: string): readonly number[] =>
    [...sources.running()]
      .filter(([key]) => nameOf(key) === name)
      .map(([, since]) => (sources.clock.now() - since) / 1_000);
  const gauge = (name: string, help: string, sum: (ages: readonly number[]) => number): Gauge<'name'> =>
    new Gauge({
      name: `workqueue_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        for (const kind of sources.kinds) this.set({ name: kind }, sum(ages(kind)));
      },
    });
  gauge('unfinished_work_seconds', 'How long all work in progress has taken so far', (all) =>
    all.reduce((total, age) => total + age, 0),
  );
  gauge(
    'longest_running_processor_seconds',
    'How long the longest work in progress has taken so far',
    (all) => Math.max(0, ...all),
  );
}

function nameOf(key: string): string {
  return labelsOf(key).kind;
}
