import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** One attempt of one call, as far as it is counted. */
type Call = {
  readonly service: string;
  readonly operation: string;
  /** What it was made for; absent for calls that no object asked for. */
  readonly purpose?: string;
  readonly outcome: 'success' | 'error' | 'throttled';
  readonly durationMs: number;
};

/** Calls to AWS: how many, what for, how long, and how far they are slowed down. */
export class AwsMetrics {
  private readonly calls: Counter<'service' | 'operation' | 'purpose' | 'outcome'>;
  private readonly duration: Histogram<'service' | 'operation'>;
  private readonly throttles: Counter<'service'>;
  private readonly rateLimit: Gauge<'service'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.calls = new Counter({
      name: 'fintech_aws_calls_total',
      help: 'Calls to AWS, each attempt for itself',
      labelNames: ['service', 'operation', 'purpose', 'outcome'],
      registers,
    });
    this.duration = new Histogram({
      name: 'fintech_aws_call_duration_seconds',
      help: 'How long calls to AWS take',
      labelNames: ['service', 'operation'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.throttles = new Counter({
      name: 'fintech_aws_throttles_total',
      help: 'Calls that AWS refused because there were too many',
      labelNames: ['service'],
      registers,
    });
    this.rateLimit = new Gauge({
      name: 'fintech_aws_rate_limit',
      help: 'Calls per second that the adaptive limiter allows now',
      labelNames: ['service'],
      registers,
    });
  }

  called({ service, operation, purpose = 'other', outcome, durationMs }: Call): void {
    this.calls.inc({ service, operation, purpose, outcome });
    this.duration.observe({ service, operation }, durationMs / 1_000);
    this.throttles.inc({ service }, outcome === 'throttled' ? 1 : 0);
  }

  limited(service: string, callsPerSecond: number): void {
    this.rateLimit.set({ service }, callsPerSecond);
  }
}
