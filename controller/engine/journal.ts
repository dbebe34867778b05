import type { Clock } from './clock.ts';
import type { Approval, Intent, Memory, RememberedResource } from './memory.ts';
import type { Observed } from './resource-type.ts';

/** Makes a memory durable; resolves when it would survive a crash. */
export type Persist = (memory: Memory) => Promise<void>;

export type NodeName = { readonly node: string; readonly type: string };

/**
 * The memory of one object during a pass. An intent is durable before the call that it announces, so that
 * a process that is killed in between knows afterwards that something may exist which no list shows yet.
 * What was just made, or perhaps made, is remembered as such until the settle time of its type is over and
 * not until a list shows it: the next list may be an older one.
 */
export class Journal {
  private readonly resources: Map<string, RememberedResource>;
  private readonly intents: Map<string, Intent>;
  private readonly persist: Persist;
  private readonly clock: Clock;
  private readonly settleTimes: ReadonlyMap<string, number>;
  private appliedHash: string | undefined;
  private tagKeysPutOn: readonly string[];
  private approval: Approval | undefined;
  private runningWrite: Promise<void> = Promise.resolve();
  private nextWrite: Promise<void> | undefined;

  constructor(memory: Memory, persist: Persist, clock: Clock, settleTimes: ReadonlyMap<string, number>) {
    this.resources = new Map(Object.entries(memory.resources));
    this.intents = new Map(Object.entries(memory.intents));
    this.appliedHash = memory.appliedHash;
    this.tagKeysPutOn = memory.tagKeys;
    this.approval = memory.approval;
    this.persist = persist;
    this.clock = clock;
    this.settleTimes = settleTimes;
  }

  get memory(): Memory {
    return {
      ...(this.appliedHash === undefined ? {} : { appliedHash: this.appliedHash }),
      resources: Object.fromEntries(this.resources),
      intents: Object.fromEntries(this.intents),
      tagKeys: this.tagKeysPutOn,
      ...(this.approval === undefined ? {} : { approval: this.approval }),
    };
  }

  /** What a person let through, as long as it is for this graph and the approval still stands. */
  approvedSteps(hash: string | undefined, digest: string): ReadonlySet<string> {
    const holds = this.approval?.hash === hash && this.approval?.digest === digest;
    return new Set(holds ? this.approval?.steps : []);
  }

  /** Durable before the first of these steps is done. */
  async approve(approval: Approval): Promise<void> {
    this.approval = approval;
    await this.save();
  }

  get tagKeys(): readonly string[] {
    return this.tagKeysPutOn;
  }

  /** Digest of what was last applied to its end. */
  get applied(): string | undefined {
    return this.appliedHash;
  }

  /** What is listed exists; what is no longer listed, and is not brand-new, is gone. */
  observed(list: Iterable<readonly [Observed, string]>): void {
    for (const [key, { type, at }] of this.intents) {
      if (!this.isOpen(type, at)) this.intents.delete(key);
    }
    const listed = new Set<string>();
    for (const [{ node, id }, type] of list) {
      const key = keyOf({ node, type });
      listed.add(key);
      const known = this.resources.get(key);
      if (known !== undefined && this.isOpen(type, known.createdAt)) continue;
      if (known?.id !== id || known.createdAt !== undefined) this.resources.set(key, { type, id });
    }
    for (const [key, { type, createdAt }] of this.resources) {
      if (!listed.has(key) && !this.isOpen(type, createdAt)) this.resources.delete(key);
    }
  }

  /** What may exist although no list shows it yet: just created, or perhaps created. */
  get unsettled(): readonly NodeName[] {
    const created = [...this.resources].filter(([, { type, createdAt }]) => this.isOpen(type, createdAt));
    const intended = [...this.intents].filter(([, { type, at }]) => this.isOpen(type, at));
    return [...created, ...intended].map(([key, { type }]) => ({ type, node: nodeOf(key, type) }));
  }

  isJustCreated(name: NodeName): boolean {
    return this.isOpen(name.type, this.resources.get(keyOf(name))?.createdAt);
  }

  isPerhapsCreated(name: NodeName): boolean {
    return this.isOpen(name.type, this.intents.get(keyOf(name))?.at);
  }

  /** Ids of the resources of one type, by node. */
  knownOf(type: string): ReadonlyMap<string, string> {
    const known = [...this.resources].filter(([, resource]) => resource.type === type);
    return new Map(known.map(([key, { id }]) => [nodeOf(key, type), id]));
  }

  /** Nodes of one type whose creation was started with an unknown outcome. */
  unconfirmedOf(type: string): ReadonlySet<string> {
    const unconfirmed = [...this.intents].filter(([, intent]) => intent.type === type);
    return new Set(unconfirmed.map(([key]) => nodeOf(key, type)));
  }

  async intend(name: NodeName): Promise<void> {
    this.intents.set(keyOf(name), { type: name.type, at: this.clock.now() });
    await this.save();
  }

  async created(name: NodeName, id: string): Promise<void> {
    this.resources.set(keyOf(name), { type: name.type, id, createdAt: this.clock.now() });
    if (this.intents.delete(keyOf(name))) await this.save();
  }

  async notDone(name: NodeName): Promise<void> {
    if (this.intents.delete(keyOf(name))) await this.save();
  }

  /** What was deleted needs no waiting for, however new it was. */
  deleted(name: NodeName, id: string): void {
    const known = this.resources.get(keyOf(name));
    if (known?.id === id) this.resources.set(keyOf(name), { type: name.type, id });
  }

  /** These tags are about to be put on, beside those that are there already. */
  puttingOn(tagKeys: readonly string[]): void {
    const added = tagKeys.filter((key) => !this.tagKeysPutOn.includes(key));
    if (added.length > 0) this.tagKeysPutOn = [...this.tagKeysPutOn, ...added];
  }

  appliedWhole(digest: string, tagKeys: readonly string[]): void {
    this.appliedHash = digest;
    this.tagKeysPutOn = tagKeys;
    this.approval = undefined;
  }

  /** A change was begun: should it be given up, what was done of it is nobody's drift. */
  appliedInPart(): void {
    this.appliedHash = undefined;
  }

  private isOpen(type: string, since: number | undefined): boolean {
    return since !== undefined && this.clock.now() < since + (this.settleTimes.get(type) ?? 0);
  }

  /** Nodes are created side by side: one write runs at a time, and the next takes along all that came up meanwhile. */
  private save(): Promise<void> {
    this.nextWrite ??= this.runningWrite
      .catch(() => undefined)
      .then(() => {
        this.nextWrite = undefined;
        this.runningWrite = this.persist(this.memory);
        return this.runningWrite;
      });
    return this.nextWrite;
  }
}

function keyOf({ node, type }: NodeName): string {
  return `${type} ${node}`;
}

function nodeOf(key: string, type: string): string {
  return key.slice(type.length + 1);
}
