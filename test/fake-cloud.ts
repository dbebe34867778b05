import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../controller/engine/clock.ts';
import { NotFound, NotReady, Terminal } from '../controller/engine/errors.ts';
import { ownerTag } from '../controller/engine/ownership.ts';
import type { Change, Creation, Observed, OwnerQuery, Tags } from '../controller/engine/resource-type.ts';
import type { FakeOutputs, FakeRules, FakeSpec } from './fake-types.ts';

export type FakeCall = {
  readonly operation: 'list' | 'create' | 'update' | 'delete' | 'setTags' | 'usersOf' | 'persist';
  /** Name of the resource type; empty for what is persisted. */
  readonly type: string;
  readonly node: string;
  /** How many owners one list was asked for. */
  readonly owners?: number;
};

/** What goes wrong with a call: it is not carried out, or it is and its response is lost. */
export type FakeFault = { readonly when: 'before' | 'after'; readonly what: Error | 'crash' };

type Phase = 'live' | 'deleting' | 'failed' | 'gone';
type Version = {
  readonly at: number;
  readonly phase: Phase;
  readonly spec: FakeSpec;
  readonly tags: Tags;
};
type Stored = {
  readonly id: string;
  readonly rules: FakeRules;
  readonly owner: string;
  readonly node: string;
  readonly versions: Version[];
};

export type FakeResource = Observed<FakeSpec, FakeOutputs> & { readonly type: string };

const NOT_WRITING: ReadonlySet<FakeCall['operation']> = new Set(['list', 'usersOf', 'persist']);

/** A cloud in memory. It keeps its history, so that a list can show what was a while ago. */
export class FakeCloud {
  readonly calls: FakeCall[] = [];
  /** Second resources of a node that already had one that was alive. */
  readonly duplicates: string[] = [];
  /** References to what was deleted while something still had them. */
  readonly dangling: string[] = [];
  /** What else runs in resources, by their ids. */
  readonly users = new Map<string, string>();
  mostAtOnce = 0;
  /** How old, in milliseconds, what the next list shows is. */
  staleness: () => number = () => 0;
  fault: (call: FakeCall) => FakeFault | undefined = () => undefined;
  private readonly clock: Clock;
  private readonly stored = new Map<string, Stored>();
  private readonly running = new Set<FakeCall>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  connect(): FakeProcess {
    return new FakeProcess(this);
  }

  get writes(): number {
    return this.calls.filter(({ operation }) => !NOT_WRITING.has(operation)).length;
  }

  get reads(): number {
    return this.calls.filter((call) => call.operation === 'list').length;
  }

  /** Everything that exists, as it is now. */
  get resources(): readonly FakeResource[] {
    return [...this.stored.values()].flatMap((stored) => this.shown(stored, this.clock.now()) ?? []);
  }

  started(call: FakeCall): void {
    this.calls.push(call);
    this.running.add(call);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running.size);
  }

  ended(call: FakeCall): void {
    this.running.delete(call);
  }

  list(rules: FakeRules, queries: readonly OwnerQuery[]): readonly Observed<FakeSpec, FakeOutputs>[] {
    const at = this.clock.now() - this.staleness();
    const ofType = [...this.stored.values()].filter((stored) => stored.rules.name === rules.name);
    return queries.flatMap((query) =>
      ofType.flatMap((stored) => claim(query, stored, this.shown(stored, at)) ?? []),
    );
  }

  create(rules: FakeRules, spec: FakeSpec, { owner, node, tags }: Creation): FakeResource {
    for (const id of referredTo(spec)) {
      if (!this.isThere(id)) throw new NotReady(`refers to ${id}, which does not exist`);
    }
    const existing = this.existing(rules, spec, owner, node);
    if (existing !== undefined) return existing;
    if (this.resources.some((other) => isOf(other, rules, owner, node) && other.state !== 'deleting'))
      this.duplicates.push(`${rules.name} ${owner} ${node}`);
    const id = `${rules.name}-${this.stored.size + 1}`;
    const { [rules.ignores ?? '']: _ignored, ...kept } = spec;
    const version = {
      at: this.clock.now(),
      phase: 'live',
      spec: { name: spec.name, ...kept },
      tags,
    } as const;
    const stored = { id, rules, owner, node, versions: [version] };
    this.stored.set(id, stored);
    return this.current(id);
  }

  update(id: string, spec: FakeSpec, changes: readonly Change[]): void {
    const current = this.current(id);
    const rules = this.get(id).rules;
    const isBroughtBack = current.state === 'deleting' && rules.deletionIsReversible === true;
    const isTaken = current.state === 'pending' && rules.changeableWhilePending === true;
    if (current.state !== 'ready' && !isBroughtBack && !isTaken) throw new NotReady(`is ${current.state}`);
    const next: Record<string, unknown> = { ...current.spec };
    for (const { field } of changes) {
      const rule = rules.fields[field];
      if (rule?.immutable === true && rule.changesInPlace?.(spec[field], current.spec[field]) !== true)
        throw new Error(`${field} cannot be updated`);
      if (field !== rules.ignores && field !== 'active') next[field] = spec[field];
    }
    this.change(id, { phase: 'live', spec: { ...current.spec, ...next } });
  }

  setTags(id: string, tags: Tags): void {
    this.current(id);
    this.change(id, { tags });
  }

  delete(id: string): void {
    const { state, spec } = this.current(id);
    if (state === 'deleting') return;
    if (spec.guarded === true) throw new Error('is guarded');
    const user = this.resources.find((other) => other.spec.parent === id);
    if (user !== undefined) throw new NotReady(`is still used by ${user.id}`);
    // Peers do not hold it back, but in an orderly removal they are gone before.
    for (const other of this.resources) {
      if (other.state !== 'deleting' && other.spec.peers?.includes(id) === true)
        this.dangling.push(`${other.id} refers to ${id}, which is deleted`);
    }
    this.change(id, { phase: this.get(id).rules.deletionTime === 0 ? 'gone' : 'deleting' });
  }

  /** Somebody else changes a setting, removes a resource or breaks it. */
  change(id: string, change: Partial<Pick<Version, 'phase' | 'spec' | 'tags'>>): void {
    const { versions } = this.get(id);
    const last = versions.at(-1);
    if (last !== undefined) versions.push({ ...last, ...change, at: this.clock.now() });
  }

  find(node: string): FakeResource {
    const found = this.resources.find((resource) => resource.node === node && resource.state !== 'deleting');
    if (found === undefined) throw new NotFound(`there is no ${node}`);
    return found;
  }

  /** What a unique name or a token of the create call leads back to. */
  private existing(rules: FakeRules, spec: FakeSpec, owner: string, node: string): FakeResource | undefined {
    if (rules.uniqueBy === 'none') return undefined;
    const same = this.resources.find((other) =>
      rules.uniqueBy === 'name'
        ? other.type === rules.name && other.spec.name === spec.name
        : isOf(other, rules, owner, node) && other.state !== 'deleting',
    );
    if (same?.state === 'deleting') throw new NotReady('has a name that is still in use');
    if (same !== undefined && same.owner !== owner)
      throw new Terminal('NotOwned', `has a name that belongs to ${same.owner}`);
    return same;
  }

  private isThere(id: string): boolean {
    const stored = this.stored.get(id);
    return stored !== undefined && this.shown(stored, this.clock.now())?.state === 'ready';
  }

  private get(id: string): Stored {
    const stored = this.stored.get(id);
    if (stored === undefined) throw new NotFound(`there is no ${id}`);
    return stored;
  }

  private current(id: string): FakeResource {
    const shown = this.shown(this.get(id), this.clock.now());
    if (shown === undefined) throw new NotFound(`there is no ${id}`);
    return shown;
  }

  private shown(stored: Stored, at: number): FakeResource | undefined {
    const version = stored.versions.findLast((candidate) => candidate.at <= at);
    const first = stored.versions[0];
    if (version === undefined || first === undefined) return undefined;
    const { id, rules, owner, node } = stored;
    const isGone = version.phase === 'deleting' && at >= version.at + rules.deletionTime;
    if (version.phase === 'gone' || isGone) return undefined;
    const isPending = version.phase === 'live' && at < first.at + rules.creationTime;
    const state = isPending ? 'pending' : version.phase === 'live' ? 'ready' : version.phase;
    const revision = rules.renewedByUpdate === true ? `:${stored.versions.indexOf(version) + 1}` : '';
    const outputs = { id, arn: `arn:fake:${rules.name}:${version.spec.name}${revision}` };
    const isActive = rules.deletionIsReversible === undefined ? {} : { active: state !== 'deleting' };
    const spec = { ...version.spec, ...isActive };
    const tags = rules.taggable ? { tags: version.tags } : {};
    return { id, type: rules.name, owner, node, state, spec, outputs, ...tags };
  }
}

/** One process that talks to the cloud; once it has crashed, nothing comes back to it. */
export class FakeProcess {
  readonly cloud: FakeCloud;
  readonly crashed: Promise<'crashed'>;
  private isDead = false;
  private readonly die: () => void;

  constructor(cloud: FakeCloud) {
    this.cloud = cloud;
    const { promise, resolve } = Promise.withResolvers<'crashed'>();
    this.crashed = promise;
    this.die = () => {
      this.isDead = true;
      resolve('crashed');
    };
  }

  async call<T>(call: FakeCall, effect: () => T): Promise<T> {
    if (this.isDead) return never();
    this.cloud.started(call);
    await nextTurn();
    this.cloud.ended(call);
    if (this.isDead) return never();
    const fault = this.cloud.fault(call);
    if (fault?.when === 'before') return this.fail(fault);
    const result = effect();
    return fault === undefined ? result : this.fail(fault);
  }

  private async fail({ what }: FakeFault): Promise<never> {
    if (what !== 'crash') throw what;
    this.die();
    return never();
  }
}

/** What an owner is told of a resource: nothing if its tag says that it is somebody else's, unless he remembers it. */
function claim(
  { owner, known }: OwnerQuery,
  stored: Stored,
  shown: FakeResource | undefined,
): FakeResource | undefined {
  const ownedBy = shown?.tags?.[ownerTag] ?? stored.owner;
  if (shown === undefined || ownedBy === owner) return shown && { ...shown, owner };
  return [...known.values()].includes(stored.id) ? { ...shown, owner, ownedBy } : undefined;
}

function referredTo(spec: FakeSpec): readonly string[] {
  return [...(spec.parent === undefined ? [] : [spec.parent]), ...(spec.peers ?? [])];
}

function isOf(resource: FakeResource, rules: FakeRules, owner: string, node: string): boolean {
  return resource.type === rules.name && resource.owner === owner && resource.node === node;
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
