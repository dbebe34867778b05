import type { Clock } from './clock.ts';
import type { Intent, Memory, RememberedResource } from './memory.ts';
import type { Observed } from './resource-type.ts';

/** Makes a memory durable; resolves when it would survive a crash. */
export type Persist = (memory: Memory) => Promise<void>;

/**
 * The memory of one object during a pass. An intent is durable before the call that it announces, so that
 * a process that is killed in between knows afterwards that something may exist which no list shows yet.
 */
export class Journal {
  private readonly resources: Map<string, RememberedResource>;
  private readonly intents: Map<string, Intent>;
  private readonly persist: Persist;
  private readonly clock: Clock;
  private appliedHash: string | undefined;
  private tagKeys: readonly string[];
  private lastWrite: Promise<void> = Promise.resolve();

  constructor(memory: Memory, persist: Persist, clock: Clock) {
    this.resources = new Map(Object.entries(memory.resources));
    this.intents = new Map(Object.entries(memory.intents));
    this.appliedHash = memory.appliedHash;
    this.tagKeys = memory.tagKeys;
    this.persist = persist;
    this.clock = clock;
  }

  get memory(): Memory {
    return {
      ...(this.appliedHash === undefined ? {} : { appliedHash: this.appliedHash }),
      resources: Object.fromEntries(this.resources),
      intents: Object.fromEntries(this.intents),
      tagKeys: this.tagKeys,
    };
  }

  /** What a list shows is confirmed; what it no longer shows, and is not brand-new, is gone. */
  observed(list: readonly Observed[], settleTimes: ReadonlyMap<string, number>): void {
    const seen = new Set<string>();
    for (const { node } of list) {
      seen.add(node);
      this.intents.delete(node);
    }
    for (const [node, { type, createdAt }] of this.resources) {
      const isNew = createdAt !== undefined && this.clock.now() < createdAt + (settleTimes.get(type) ?? 0);
      if (!seen.has(node) && !isNew) this.resources.delete(node);
    }
  }

  /** Notes which type and id a listed resource has. */
  seen(node: string, type: string, id: string): void {
    const known = this.resources.get(node);
    if (known?.id !== id || known.type !== type || known.createdAt !== undefined)
      this.resources.set(node, { type, id });
  }

  /** Nodes that may exist although no list shows them yet: just created, or perhaps created. */
  unsettled(settleTimes: ReadonlyMap<string, number>): readonly string[] {
    const isOpen = (type: string, since: number | undefined): boolean =>
      since !== undefined && this.clock.now() < since + (settleTimes.get(type) ?? 0);
    const created = [...this.resources].filter(([, { type, createdAt }]) => isOpen(type, createdAt));
    const intended = [...this.intents].filter(([, { type, at }]) => isOpen(type, at));
    return [...created, ...intended].map(([node]) => node);
  }

  /** When the resource was created by us, if no list has shown it since. */
  createdAt(node: string): number | undefined {
    return this.resources.get(node)?.createdAt;
  }

  intent(node: string): Intent | undefined {
    return this.intents.get(node);
  }

  async intend(node: string, type: string): Promise<void> {
    this.intents.set(node, { type, at: this.clock.now() });
    await this.save();
  }

  async created(node: string, type: string, id: string): Promise<void> {
    this.resources.set(node, { type, id, createdAt: this.clock.now() });
    if (this.intents.delete(node)) await this.save();
  }

  async notDone(node: string): Promise<void> {
    if (this.intents.delete(node)) await this.save();
  }

  applied(digest: string, tagKeys: readonly string[]): void {
    this.appliedHash = digest;
    this.tagKeys = tagKeys;
  }

  /** Nodes are created side by side: their records are written one after the other, each with all that is known. */
  private save(): Promise<void> {
    this.lastWrite = this.lastWrite.catch(() => undefined).then(() => this.persist(this.memory));
    return this.lastWrite;
  }
}
