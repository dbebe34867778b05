import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { AwsMetrics } from './aws.ts';
import { ReconcileMetrics } from './controller-runtime.ts';
import { DriftMetrics } from './drift.ts';
import { ManifestMetrics } from './manifests.ts';
import { addObjectMetrics, type ObjectSources } from './objects.ts';
import { WorkqueueMetrics, type WorkqueueSources } from './workqueue.ts';

export type MetricSources = ObjectSources &
  WorkqueueSources & {
    readonly version: string;
    readonly workers: number;
    /** Every reason of an alert that there is. */
    readonly alertReasons?: readonly string[];
  };

/** All metrics of one daemon. Series of every kind are there from the start, with 0. */
export class Metrics {
  readonly reconciles: ReconcileMetrics;
  readonly workqueue: WorkqueueMetrics;
  readonly drift: DriftMetrics;
  readonly aws: AwsMetrics;
  readonly manifests: ManifestMetrics;
  private readonly registry = new Registry();
  private readonly alerts: Counter<'reason'>;

  constructor(sources: MetricSources) {
    const { kinds, workers, version, alertReasons = [] } = sources;
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.reconciles = new ReconcileMetrics(this.registry, kinds, workers);
    this.workqueue = new WorkqueueMetrics(this.registry, sources);
    this.drift = new DriftMetrics(this.registry, kinds);
    this.aws = new AwsMetrics(this.registry);
    this.manifests = new ManifestMetrics(this.registry);
    addObjectMetrics(this.registry, sources);
    this.alerts = new Counter({
      name: 'fintech_alerts_total',
      help: 'Alerts that were raised',
      labelNames: ['reason'],
      registers,
    });
    for (const reason of alertReasons) this.alerts.inc({ reason }, 0);
    new Gauge({
      name: 'fintech_build_info',
      help: 'Which version runs, on which version of Node',
      labelNames: ['version', 'node'],
      registers,
    }).set({ version, node: process.versions.node }, 1);
  }

  alerted(reason: string): void {
    this.alerts.inc({ reason });
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}
