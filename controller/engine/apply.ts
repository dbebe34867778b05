import { callContext, type Purpose } from './call-context.ts';
import { isCertainlyNotDone, messageOf, NotFound, NotReady, Terminal } from './errors.ts';
import type { Expectations } from './expectations.ts';
import type { Graph, Node } from './graph.ts';
import type { Journal } from './journal.ts';
import { withIgnored } from './ignored.ts';
import { tagsAfter, tagsOf } from './ownership.ts';
import { isRenewed, isTakenOver, planNode, lookupIn, type PlanOptions, type Step } from './plan.ts';
import { waitingFor, withoutWaiting, type Waiting } from './waiting.ts';
import { hasUnknown } from './ref.ts';
import type { AnyResourceType, Change, Observed } from './resource-type.ts';

/** Everything that carrying out steps needs to know of the pass it belongs to. */
export type Application<Cloud> = {
  readonly graph: Graph<Cloud>;
  readonly cloud: Cloud;
  readonly options: PlanOptions;
  readonly journal: Journal;
  readonly expectations: Expectations;
  readonly signal: AbortSignal;
  readonly generation?: number;
  readonly commit?: string;
  /** Objects of the same namespace that are Ready. */
  isObjectReady(object: string): boolean;
};

/** What came of one node: ready, or what stands in the way. */
export type NodeOutcome = {
  readonly node: string;
  readonly type: string;
  readonly ready: boolean;
  readonly message?: string;
  readonly error?: unknown;
};

/**
 * Brings nodes to what is wanted: each as soon as what it refers to is ready, everything that can run at
 * once running at once. Never waits for AWS to finish: what is still on its way is an outcome like others.
 */
export class Apply<Cloud> {
  /** How many calls that write were started, but for those that could only wait. */
  writes = 0;
  /** Whether any call that writes was started at all. */
  hasBegun = false;
  private readonly application: Application<Cloud>;
  private readonly known: Map<string, Observed>;
  private readonly planned = new Map<string, Step<Cloud>>();
  private readonly outcomes = new Map<string, Promise<NodeOutcome>>();

  constructor(application: Application<Cloud>, observed: readonly Observed[]) {
    this.application = application;
    this.known = new Map(observed.map((resource) => [resource.node, resource]));
  }

  async run(steps: readonly Step<Cloud>[]): Promise<readonly NodeOutcome[]> {
    for (const step of steps) this.planned.set(step.node, step);
    for (const step of steps) {
      const node = this.application.graph.node(step.node);
      if (node !== undefined) this.outcomes.set(node.id, this.settle(node, step));
    }
    return Promise.all(this.outcomes.values());
  }

  /** Resources as they are known after the run: observed, and what was created meanwhile. */
  get resources(): ReadonlyMap<string, Observed> {
    return this.known;
  }

  private async settle(node: Node<Cloud>, planned: Step<Cloud>): Promise<NodeOutcome> {
    const outcome = { node: node.id, type: node.type.name };
    try {
      if (planned.action !== 'none') await this.carryOut(node, planned);
      return { ...outcome, ready: true };
    } catch (error) {
      const message = `${node.type.name} ${node.id} ${messageOf(error)}`;
      return { ...outcome, ready: false, message, error };
    }
  }

  private async carryOut(node: Node<Cloud>, planned: Step<Cloud>): Promise<void> {
    if (planned.current?.ownedBy !== undefined) throw new Terminal('NotOwned', isTakenOver(planned.current));
    if (planned.action === 'wait') throw new NotReady(planned.because);
    const waiting = await this.dependencies(node, planned);
    if (planned.action === 'replace') return this.replace(node, planned);
    const { step, because } = withoutWaiting(this.planAgain(node), planned, waiting);
    if (step.refusal !== undefined && planned.refusal === undefined)
      throw new Terminal('ApprovalRequired', step.refusal);
    if (hasUnknown(withIgnored(step))) throw new NotReady('waits for a value that is not known yet');
    switch (step.action) {
      case 'create':
        return this.create(node, step);
      case 'update':
        await this.update(node, step);
        if (because !== undefined) throw new NotReady(because);
        return;
      case 'replace':
        await this.dependencies(node, step);
        return this.replace(node, step);
      case 'wait':
        throw new NotReady(step.because);
      case 'none':
      case 'delete':
      case 'retain':
        return;
    }
  }

  /** Values that were not known when the plan was made are known now. */
  private planAgain(node: Node<Cloud>): Step<Cloud> {
    const { graph, journal, options } = this.application;
    const lookup = lookupIn(this.known, options.lookupObject);
    return planNode(graph, node, this.known.get(node.id), journal, options, lookup);
  }

  /**
   * Throws if it has to wait for what it needs. What is there already goes on being corrected, but for the fields that
   * refer to what is not ready: they are told with the reason.
   */
  private async dependencies(node: Node<Cloud>, { action }: Step<Cloud>): Promise<readonly Waiting[]> {
    const objects = node.waitsFor.filter((object) => !this.application.isObjectReady(object));
    const nodes = await this.notReady(node, action);
    return waitingFor(node, action === 'update', [
      ...objects.map((on) => ({ on, because: `waits for ${on}` })),
      ...nodes.map(({ type, node: on }) => ({ on, because: `waits for ${type} ${on}` })),
    ]);
  }

  /** What it depends on of its own object, and what is not ready of that. */
  private async notReady(node: Node<Cloud>, action: Step<Cloud>['action']): Promise<readonly NodeOutcome[]> {
    const needed = node.dependsOn
      .filter((id) => !(this.isReplaced(node.id) && this.isReplaced(id)))
      .map((id) => this.outcomes.get(id))
      .filter((outcome) => outcome !== undefined);
    // What exists goes on being corrected; what is not there is not made in what is another's.
    return (await Promise.all(needed)).filter(
      (outcome) => !outcome.ready && !(action === 'update' && this.isLeftAlone(outcome.node)),
    );
  }

  /** Is there and can be used, though its owner tag names another. */
  private isLeftAlone(id: string): boolean {
    const current = this.planned.get(id)?.current;
    return current?.ownedBy !== undefined && current.state === 'ready';
  }

  /** Exists, and is on its way out to be made anew. */
  private isGoing(id: string): boolean {
    return this.isReplaced(id) || this.planned.get(id)?.current?.state === 'deleting';
  }

  private isReplaced(id: string): boolean {
    return this.planned.get(id)?.action === 'replace';
  }

  private async create(node: Node<Cloud>, step: Step<Cloud>): Promise<void> {
    const { graph, cloud, journal, options } = this.application;
    this.checkNotJustCreated(node);
    const identity = { owner: options.owner, node: node.id };
    const creation = { ...identity, tags: tagsOf(graph, options.owner, node.id) };
    const name = { node: node.id, type: node.type.name };
    await journal.intend(name);
    const created = await this.write('create', node.id, () =>
      node.type.create(cloud, step.spec, creation),
    ).catch(async (error: unknown) => {
      if (isCertainlyNotDone(error)) await journal.notDone(name);
      // It may have been carried out as late as now.
      else await journal.intend(name);
      throw error;
    });
    await journal.created(name, created.id);
    if (created.outputs === undefined) throw new NotReady('is being created');
    const resource = {
      ...identity,
      id: created.id,
      state: 'ready',
      spec: step.spec,
      outputs: created.outputs,
    } as const;
    this.known.set(node.id, { ...resource, tags: creation.tags });
  }

  /** A list may not show yet what was created a moment ago, by this process or by one that was killed. */
  private checkNotJustCreated(node: Node<Cloud>): void {
    const { journal } = this.application;
    const name = { node: node.id, type: node.type.name };
    if (journal.isJustCreated(name)) throw new NotReady('was just created and is not visible yet');
    // A name or a token leads a second call to what the first one made.
    if (node.type.uniqueBy === 'none' && journal.isPerhapsCreated(name))
      throw new NotReady('may have been created a moment ago and is not visible yet');
  }

  private async update(node: Node<Cloud>, step: Step<Cloud>): Promise<void> {
    const { expectations } = this.application;
    const { current } = step;
    if (current === undefined) return;
    const wanted = step.changes.filter((change) => change.ignored !== true);
    const open = wanted.filter((change) => !expectations.isSettling(node.id, change));
    if (open.length === 0) throw new NotReady('was just updated and does not show it yet');
    const changes = open.filter((change) => expectations.failedAttempts(node.id, change) === undefined);
    if (changes.length > 0) await this.writeChanges(node, step, current, changes);
    if (isRenewed(step)) this.known.delete(node.id);
    const stuck = open.find((change) => !changes.includes(change));
    if (stuck !== undefined) {
      const attempts = expectations.failedAttempts(node.id, stuck);
      throw new Terminal(
        'NotConverging',
        `still differs in ${stuck.path} after ${attempts} updates; it is not updated again before its spec changes`,
      );
    }
  }

  private async writeChanges(
    node: Node<Cloud>,
    step: Step<Cloud>,
    current: Observed,
    changes: readonly Change[],
  ): Promise<void> {
    const { cloud, expectations } = this.application;
    const settings = changes.filter((change) => change.field !== 'tags');
    if (settings.length > 0) {
      await this.write('update', node.id, () =>
        node.type.update(cloud, current, withIgnored(step), settings),
      );
    }
    await this.updateTags(node, current, changes, 'update');
    expectations.written(node.id, changes, node.type.settleTime);
  }

  private async updateTags(
    node: Node<Cloud>,
    current: Observed,
    changes: readonly Change[],
    purpose: Purpose,
  ): Promise<void> {
    const ofTags = changes.filter((change) => change.field === 'tags');
    const { type } = node;
    if (ofTags.length === 0 || type.setTags === undefined) return;
    const tags = tagsAfter(current.tags ?? {}, ofTags);
    await this.write(purpose, node.id, async () => type.setTags?.(this.application.cloud, current, tags));
  }

  /** Its identity is its node, so the old one goes first; the next list shows when it is gone. */
  private async replace(node: Node<Cloud>, step: Step<Cloud>): Promise<void> {
    const { graph } = this.application;
    const { current } = step;
    if (current === undefined) return;
    const user = graph.nodes.find((other) => other.dependsOn.includes(node.id) && this.isGoing(other.id));
    if (user !== undefined) throw new NotReady(`is replaced after ${user.type.name} ${user.id} is gone`);
    const replaced = [...this.planned.values()].filter(
      ({ action, type }) => action === 'replace' && type === node.type,
    );
    await this.delete(
      node.type,
      current,
      replaced.flatMap((other) => other.current ?? []),
    );
    throw new NotReady(`is being replaced: ${step.because ?? ''}`);
  }

  /** Starts a deletion; what is already gone counts as deleted. */
  async delete(
    type: AnyResourceType<Cloud>,
    current: Observed,
    together: readonly Observed[] = [current],
  ): Promise<void> {
    const { cloud, journal } = this.application;
    await this.write('delete', current.node, () => type.delete(cloud, current, together)).catch(
      (error: unknown) => {
        if (!(error instanceof NotFound)) throw error;
      },
    );
    journal.deleted({ node: current.node, type: type.name }, current.id);
  }

  /** Starts a call that writes, unless the daemon is stopping. */
  async write<T>(purpose: Purpose, node: string, call: () => Promise<T>): Promise<T> {
    const { signal, options, generation, commit } = this.application;
    if (signal.aborted) throw new NotReady('is left for the next start: the daemon is stopping');
    this.hasBegun = true;
    this.writes += 1;
    const context = {
      purpose,
      object: options.owner,
      node,
      ...(generation === undefined ? {} : { generation }),
      ...(commit === undefined ? {} : { commit }),
    };
    try {
      return await callContext.run(context, call);
    } catch (error) {
      // It only waits, and that can take AWS long: it is looked at again as what waits is.
      if (error instanceof NotReady) this.writes -= 1;
      throw error;
    }
  }
}
