import type { Clock } from './engine/clock.ts';

/** What goes first, highest first; what has the same priority goes in the order of becoming ready. */
export const priorities = {
  operatorRequest: 100,
  deletion: 50,
  manifestChange: 0,
  event: -10,
  resync: -100,
} as const;

export type AddOptions = {
  /** One of {@link priorities}; `manifestChange` by default. */
  readonly priority?: number;
  /** Milliseconds until the key is ready; at once by default. */
  readonly after?: number;
  /** The attempt before failed; only counted. */
  readonly retry?: boolean;
};

export type QueueItem = { readonly key: string; readonly priority: number };

/** What the queue tells as it happens. Times are in milliseconds. */
export interface QueueObserver {
  /** A key has become ready, or had its priority changed, or is no longer ready. */
  depthChanged(key: string, priority: number, by: 1 | -1): void;
  added(key: string): void;
  retried(key: string): void;
  started(key: string, queuedFor: number): void;
  finished(key: string, workedFor: number): void;
}

type Entry = {
  readonly key: string;
  priority: number;
  /** When it becomes, or became, ready. */
  readyAt: number;
  isReady: boolean;
  /** Decides among equals; given anew when it becomes ready. */
  order: number;
};

/** Negative when the first goes before the second. */
type Comparison<Item> = (a: Item, b: Item) => number;

type Alarm = { readonly at: number; readonly stop: AbortController };

/**
 * The work queue with the semantics of controller-runtime's priority queue: one entry per key, one worker
 * per key, no addition lost. What is waiting becomes ready whenever the queue is looked at, so that it
 * needs no timer of its own except while workers are idle.
 */
export class Queue {
  private readonly clock: Clock;
  private readonly observer: QueueObserver | undefined;
  private readonly entries = new Map<string, Entry>();
  /** Ready, and not locked. */
  private readonly ready = new Heap<Entry>(byPriority);
  private readonly waiting = new Heap<Entry>(byTime);
  /** Keys that were handed out, with the time. */
  private readonly locked = new Map<string, number>();
  private readonly idle = new Set<(item: QueueItem) => void>();
  private readyCount = 0;
  private orders = 0;
  private alarm: Alarm | undefined;
  private dispatchIsDue = false;

  constructor(clock: Clock, observer?: QueueObserver) {
    this.clock = clock;
    this.observer = observer;
  }

  /**
   * Adds a key. A known key gets the higher of both priorities and the earlier of both times. A key that
   * somebody works on is kept until `done`.
   */
  add(key: string, options: AddOptions = {}): void {
    this.wakeWaiting();
    const priority = options.priority ?? priorities.manifestChange;
    const readyAt = this.clock.now() + Math.max(0, options.after ?? 0);
    if (options.retry === true) this.observer?.retried(key);
    const known = this.entries.get(key);
    if (known === undefined) this.insert(key, priority, readyAt);
    else if (!known.isReady) this.merge(known, priority, readyAt);
    else if (priority > known.priority) this.raise(known, priority);
    this.dispatchSoon();
  }

  /** The next key, locked until `done` is called with it; undefined when the signal is aborted. */
  get(signal?: AbortSignal): Promise<QueueItem | undefined> {
    if (signal?.aborted === true) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const take = (item: QueueItem): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve(item);
      };
      const onAbort = (): void => {
        this.idle.delete(take);
        this.setAlarm();
        resolve(undefined);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.idle.add(take);
      this.dispatchSoon();
    });
  }

  /** Ends the work on a key; additions that came meanwhile count from now. */
  done(key: string): void {
    const startedAt = this.locked.get(key);
    if (startedAt === undefined) return;
    this.wakeWaiting();
    this.locked.delete(key);
    this.observer?.finished(key, this.clock.now() - startedAt);
    const entry = this.entries.get(key);
    if (entry?.isReady === true) this.ready.push(entry);
    this.dispatchSoon();
  }

  /** Forgets what was added for a key that is no more. A worker on it is not disturbed. */
  remove(key: string): void {
    this.wakeWaiting();
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.waiting.delete(entry);
    this.ready.delete(entry);
    if (entry.isReady) this.changeDepth(entry, -1);
    this.setAlarm();
  }

  /** How many keys are ready, also those that are kept until their worker is done. */
  get length(): number {
    this.wakeWaiting();
    return this.readyCount;
  }

  /** The keys that are being worked on, with the time at which they were handed out. */
  get running(): ReadonlyMap<string, number> {
    return this.locked;
  }

  private insert(key: string, priority: number, readyAt: number): void {
    const entry: Entry = { key, priority, readyAt, isReady: false, order: ++this.orders };
    this.entries.set(key, entry);
    this.observer?.added(key);
    if (entry.readyAt > this.clock.now()) this.waiting.push(entry);
    else this.becomeReady(entry);
  }

  private merge(entry: Entry, priority: number, readyAt: number): void {
    entry.priority = Math.max(entry.priority, priority);
    if (readyAt >= entry.readyAt) return;
    this.waiting.delete(entry);
    entry.readyAt = readyAt;
    if (readyAt > this.clock.now()) this.waiting.push(entry);
    else this.becomeReady(entry);
  }

  private raise(entry: Entry, priority: number): void {
    const wasInHeap = this.ready.delete(entry);
    this.changeDepth(entry, -1);
    entry.priority = priority;
    entry.order = ++this.orders;
    this.changeDepth(entry, 1);
    if (wasInHeap) this.ready.push(entry);
  }

  private becomeReady(entry: Entry): void {
    entry.isReady = true;
    entry.order = ++this.orders;
    this.changeDepth(entry, 1);
    if (!this.locked.has(entry.key)) this.ready.push(entry);
  }

  private wakeWaiting(): void {
    const now = this.clock.now();
    for (let due = this.waiting.first; due !== undefined && due.readyAt <= now; due = this.waiting.first) {
      this.waiting.delete(due);
      this.becomeReady(due);
    }
  }

  /** Additions made together are put in order before any of them is handed out. */
  private dispatchSoon(): void {
    if (this.dispatchIsDue) return;
    this.dispatchIsDue = true;
    queueMicrotask(() => {
      this.dispatchIsDue = false;
      this.dispatch();
    });
  }

  private dispatch(): void {
    this.wakeWaiting();
    for (const take of this.idle) {
      const entry = this.ready.first;
      if (entry === undefined) break;
      this.idle.delete(take);
      this.ready.delete(entry);
      this.entries.delete(entry.key);
      const now = this.clock.now();
      this.locked.set(entry.key, now);
      this.changeDepth(entry, -1);
      this.observer?.started(entry.key, now - entry.readyAt);
      take({ key: entry.key, priority: entry.priority });
    }
    this.setAlarm();
  }

  /** Only idle workers have to be woken: busy ones look at the queue when they are done. */
  private setAlarm(): void {
    const at = this.idle.size === 0 ? undefined : this.waiting.first?.readyAt;
    if (at === this.alarm?.at) return;
    this.alarm?.stop.abort();
    this.alarm = at === undefined ? undefined : { at, stop: new AbortController() };
    if (this.alarm !== undefined) void this.ring(this.alarm);
  }

  private async ring(alarm: Alarm): Promise<void> {
    try {
      await this.clock.sleep(alarm.at - this.clock.now(), alarm.stop.signal);
    } catch {
      return;
    }
    if (this.alarm === alarm) this.alarm = undefined;
    this.dispatch();
  }

  private changeDepth(entry: Entry, by: 1 | -1): void {
    this.readyCount += by;
    this.observer?.depthChanged(entry.key, entry.priority, by);
  }
}

const byPriority: Comparison<Entry> = (a, b) => b.priority - a.priority || a.order - b.order;
const byTime: Comparison<Entry> = (a, b) => a.readyAt - b.readyAt || a.order - b.order;

/** A binary heap that knows where its items are, so that any of them can be taken out. */
class Heap<Item> {
  private readonly compare: Comparison<Item>;
  private readonly items: Item[] = [];
  private readonly positions = new Map<Item, number>();

  constructor(compare: Comparison<Item>) {
    this.compare = compare;
  }

  get first(): Item | undefined {
    return this.items[0];
  }

  push(item: Item): void {
    this.settle(item, this.items.length);
  }

  /** Whether it was there. */
  delete(item: Item): boolean {
    const position = this.positions.get(item);
    if (position === undefined) return false;
    this.positions.delete(item);
    const last = this.items.pop();
    if (last !== undefined && last !== item) this.settle(last, position);
    return true;
  }

  /** Puts an item where there is room, and lets it rise or sink to where it belongs. */
  private settle(item: Item, position: number): void {
    let at = position;
    for (;;) {
      const up = (at - 1) >> 1;
      const above = this.items[up];
      if (above === undefined || this.compare(item, above) > 0) break;
      this.put(above, at);
      at = up;
    }
    for (;;) {
      const down = this.firstChild(at);
      const below = this.items[down];
      if (below === undefined || this.compare(below, item) > 0) break;
      this.put(below, at);
      at = down;
    }
    this.put(item, at);
  }

  private firstChild(position: number): number {
    const left = 2 * position + 1;
    const one = this.items[left];
    const other = this.items[left + 1];
    return one !== undefined && other !== undefined && this.compare(other, one) < 0 ? left + 1 : left;
  }

  private put(item: Item, position: number): void {
    this.items[position] = item;
    this.positions.set(item, position);
  }
}
