import type { Watcher } from './daemon.ts';
import { describeDrift } from './drift.ts';
import type { Clock } from './engine/clock.ts';
import { messageOf } from './engine/errors.ts';
import type { Log } from './log.ts';
import type { ManifestSet } from './manifests/manifest.ts';
import type { Verdict } from './reconciler.ts';
import type { BlockedDeletion } from './sync.ts';

/** What is sent: `text` is for people, and is what Slack and its like show. */
export type Alert = {
  readonly reason: 'DriftDetected' | 'DeletionBlocked';
  readonly text: string;
  readonly objects: readonly string[];
  /** The worst of what drifted. */
  readonly severity: string;
};

const severities = ['security', 'availability', 'cost', 'cosmetic'];
/** Milliseconds before each further attempt. */
const retryDelays = [1_000, 5_000, 25_000];
const timeout = 10_000;

/** Sends drift and blocked deletions to a webhook. What cannot be delivered is in the log, and never holds anything up. */
export class AlertWatcher implements Watcher {
  private readonly url: string;
  private readonly log: Log;
  private readonly clock: Clock;
  private readonly signal: AbortSignal;
  private blocked = '';

  /** @param signal aborted when the daemon stops: a webhook that does not answer must not hold that up */
  constructor(url: string, log: Log, clock: Clock, signal: AbortSignal) {
    this.url = url;
    this.log = log;
    this.clock = clock;
    this.signal = signal;
  }

  synced(_set: ManifestSet, blocked: readonly BlockedDeletion[]): void {
    const objects = blocked.flatMap((deletion) => deletion.objects);
    // Every reading of the manifests says it again.
    if (objects.join() === this.blocked) return;
    this.blocked = objects.join();
    if (objects.length === 0) return;
    const text = blocked.map(({ message }) => message).join('\n');
    void this.deliver({ reason: 'DeletionBlocked', text, objects, severity: 'availability' });
  }

  reconciled(key: string, verdict: Verdict): void {
    const drift = verdict.appeared.filter(({ ignored }) => !ignored);
    if (drift.length === 0) return;
    const text = [`${key} has drifted:`, ...drift.map(describeDrift)].join('\n');
    const severity = severities.find((one) => drift.some((entry) => entry.severity === one)) ?? 'cosmetic';
    void this.deliver({ reason: 'DriftDetected', text, objects: [key], severity });
  }

  /** Resolves when it was taken, or given up. */
  async deliver(alert: Alert): Promise<void> {
    for (const delay of [...retryDelays, undefined]) {
      try {
        await this.post(alert);
        return;
      } catch (error) {
        const goesOn = delay !== undefined && (await this.hasSlept(delay));
        if (goesOn) continue;
        this.log.error({ ...alert, error: messageOf(error) }, 'alert was not delivered');
        return;
      }
    }
  }

  /** False when the daemon stops meanwhile. */
  private hasSlept(milliseconds: number): Promise<boolean> {
    return this.clock.sleep(milliseconds, this.signal).then(
      () => true,
      () => false,
    );
  }

  private async post(alert: Alert): Promise<void> {
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alert),
      signal: AbortSignal.timeout(timeout),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`);
  }
}
