import { Gauge, type Registry } from 'prom-client';

/** How the readings of the manifests go. */
export class ManifestMetrics {
  private readonly problems: Gauge;
  private readonly lastRead: Gauge;
  private readonly blocked: Gauge;

  constructor(registry: Registry) {
    const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
    this.problems = gauge('fintech_manifest_problems', 'What a person has to mend in the manifests');
    this.lastRead = gauge(
      'fintech_manifest_last_read_timestamp_seconds',
      'When the manifests were last read completely',
    );
    this.blocked = gauge(
      'fintech_deletions_blocked',
      'Objects whose manifest is gone and that are kept because too many are',
    );
  }

  /** `now` in milliseconds; a reading that was not complete does not count as one. */
  read(reading: {
    readonly now: number;
    readonly readable: boolean;
    readonly problems: number;
    readonly deletionsBlocked: number;
  }): void {
    this.problems.set(reading.problems);
    this.blocked.set(reading.deletionsBlocked);
    if (reading.readable) this.lastRead.set(reading.now / 1_000);
  }
}
