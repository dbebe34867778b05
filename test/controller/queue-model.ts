import type { AddOptions } from '../../controller/queue.ts';

/** The queue as plainly as it can be said: a list that is searched. */
export class QueueModel {
  private entries: { key: string; priority: number; at: number; ready: boolean; order: number }[] = [];
  private readonly locked = new Set<string>();
  private orders = 0;

  add(key: string, { priority = 0, after = 0 }: AddOptions, now: number): void {
    let entry = this.entries.find((other) => other.key === key);
    if (entry === undefined) {
      entry = { key, priority, at: now + after, ready: false, order: ++this.orders };
      this.entries.push(entry);
    }
    if (entry.ready && priority > entry.priority) entry.order = ++this.orders;
    entry.priority = Math.max(entry.priority, priority);
    entry.at = Math.min(entry.at, now + after);
    this.pass(now);
  }

  pass(now: number): void {
    const due = this.entries.filter((entry) => !entry.ready && entry.at <= now);
    for (const entry of due.sort((a, b) => a.at - b.at || a.order - b.order)) {
      entry.ready = true;
      entry.order = ++this.orders;
    }
  }

  take(): string | undefined {
    const [first] = this.entries
      .filter((entry) => entry.ready && !this.locked.has(entry.key))
      .sort((a, b) => b.priority - a.priority || a.order - b.order);
    if (first === undefined) return undefined;
    this.entries = this.entries.filter((entry) => entry !== first);
    this.locked.add(first.key);
    return first.key;
  }

  done(key: string): void {
    this.locked.delete(key);
  }

  remove(key: string): void {
    this.entries = this.entries.filter((entry) => entry.key !== key);
  }

  get length(): number {
    return this.entries.filter((entry) => entry.ready).length;
  }
}
