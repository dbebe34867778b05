import { Counter, Gauge, type Registry } from 'prom-client';
import type { Severity } from '../engine/resource-type.ts';
import { labelsOf, objectLabels } from './object-labels.ts';

const severities: readonly Severity[] = ['security', 'availability', 'cost', 'cosmetic'];

/** A difference, as far as it is counted. */
type Counted = { readonly severity: Severity; readonly ignored: boolean };

/** What others changed in AWS, and what was put right. What the manifest says to ignore is not counted. */
export class DriftMetrics {
  private readonly detected: Counter<'kind' | 'severity'>;
  private readonly corrected: Counter<'kind' | 'severity'>;
  private readonly fields: Gauge<(typeof objectLabels)[number] | 'severity'>;

  constructor(registry: Registry, kinds: readonly string[]) {
    const registers = [registry];
    this.detected = new Counter({
      name: 'fintech_drift_total',
      help: 'Differences from the manifests that somebody made in AWS',
      labelNames: ['kind', 'severity'],
      registers,
    });
    this.corrected = new Counter({
      name: 'fintech_drift_corrected_total',
      help: 'Differences that were put right',
      labelNames: ['kind', 'severity'],
      registers,
    });
    this.fields = new Gauge({
      name: 'fintech_drifted_fields',
      help: 'Fields of an object that differ in AWS now',
      labelNames: [...objectLabels, 'severity'],
      registers,
    });
    for (const kind of kinds)
      for (const severity of severities) {
        this.detected.inc({ kind, severity }, 0);
        this.corrected.inc({ kind, severity }, 0);
      }
  }

  /** What a pass found: what is new, what has been put right, and all that differs now. */
  observed(
    key: string,
    found: {
      readonly appeared: readonly Counted[];
      readonly corrected: readonly Counted[];
      readonly drift: readonly Counted[];
    },
  ): void {
    const labels = labelsOf(key);
    for (const severity of severities) {
      const count = (all: readonly Counted[]): number =>
        all.filter((entry) => !entry.ignored && entry.severity === severity).length;
      this.detected.inc({ kind: labels.kind, severity }, count(found.appeared));
      this.corrected.inc({ kind: labels.kind, severity }, count(found.corrected));
      this.fields.set({ ...labels, severity }, count(found.drift));
    }
  }

  /** The object is gone, and its series with it. */
  forget(key: string): void {
    for (const severity of severities) this.fields.remove({ ...labelsOf(key), severity });
  }
}
