import { notApproved } from './approval.ts';
import { Apply, type Application, type NodeOutcome } from './apply.ts';
import type { Clock } from './clock.ts';
import { Expectations } from './expectations.ts';
import { Graph, type Circumstances, type ObjectName, type Place } from './graph.ts';
import { Journal, type NodeName, type Persist } from './journal.ts';
import type { AnyKind } from './kind.ts';
import type { Memory } from './memory.ts';
import { checkNoDuplicates, observe, type Observation } from './observe.ts';
import { tagsOf } from './ownership.ts';
import { digestOf, lookupIn, makePlan, planLeftover, planRemoval, type Plan, type Step } from './plan.ts';
import { protectedFrom } from './protection.ts';
import { remove, removableNow, stillUsed } from './prune.ts';
import { resolve, type Lookup } from './ref.ts';
import { isInUse, retainedWith } from './retained-with.ts';
import {
  notVisibleYet,
  outcomesOfObserved,
  refusalOf,
  resourcesOf,
  stateOfApplied,
  stateOfObserved,
  withoutUnknowns,
  type PassResource,
  type PassState,
} from './report.ts';
import type { Fields, Observed } from './resource-type.ts';
import type { SharedLists } from './shared-lists.ts';

/** What a pass is to do with an object. */
export type Goal = 'converge' | 'observe' | 'delete' | 'retain';

export type PassRequest<Cloud> = {
  readonly object: ObjectName;
  readonly generation?: number;
  readonly commit?: string;
  readonly kind: AnyKind<Cloud>;
  readonly spec: Fields;
  readonly place: Place;
  readonly circumstances: Circumstances;
  readonly cloud: Cloud;
  readonly goal: Goal;
  readonly deletionPolicy: 'Retain' | 'Delete';
  readonly ignore: ReadonlySet<string>;
  /** The hash of a plan that may destroy what it says. */
  readonly approval?: string;
  readonly memory: Memory;
  readonly persist: Persist;
  readonly lookupObject: Lookup;
  isObjectReady(object: string): boolean;
  /** Told what the pass is about to do, before it does any of it. */
  onPlan?(plan: Plan<Cloud>): void;
  readonly signal: AbortSignal;
};

export type PassResult<Cloud> = {
  readonly state: PassState;
  readonly plan: Plan<Cloud>;
  readonly outcomes: readonly NodeOutcome[];
  /** What the kind reports, as far as it is known. */
  readonly status: Fields;
  readonly resources: readonly PassResource[];
  /** Objects (`Kind/namespace/name`) whose status it goes by. */
  readonly refersTo: readonly string[];
  readonly memory: Memory;
  readonly writes: number;
};

type Prepared<Cloud> = {
  readonly graph: Graph<Cloud>;
  readonly status: Fields;
  readonly journal: Journal;
  readonly observation: Observation;
  readonly digest: string;
  readonly plan: Plan<Cloud>;
};

/** Makes passes: observe everything at once, plan, apply, prune. Knows no AWS, no kind and no file. */
export class Engine<Cloud extends object> {
  private readonly lists: SharedLists<Cloud>;
  private readonly clock: Clock;
  private readonly expectations = new Map<string, Expectations>();

  constructor(lists: SharedLists<Cloud>, clock: Clock) {
    this.lists = lists;
    this.clock = clock;
  }

  /** One reconcile of one object. Throws what reading threw; what writing met is in the outcomes. */
  async pass(request: PassRequest<Cloud>): Promise<PassResult<Cloud>> {
    const owner = ownerOf(request.object);
    const prepared = await this.prepare(request);
    const { graph, status, journal, observation, digest, plan } = prepared;
    request.onPlan?.(plan);
    const expectations = this.expectationsOf(owner, plan);
    const application = this.application(request, graph, journal, expectations);
    const tagKeys = Object.keys(tagsOf(graph, owner, ''));
    if (request.goal === 'converge') journal.puttingOn(tagKeys);
    const apply = new Apply(application, wantedOf(observation, graph));
    const done = await this.carryOut(request, prepared, apply, application);
    if (done.state === 'InSync' && request.goal === 'converge') {
      journal.appliedWhole(digest, tagKeys);
    } else if (plan.cause === 'change' && apply.hasBegun) journal.appliedInPart();
    if (expectations.isEmpty) this.expectations.delete(owner);
    return {
      ...done,
      plan,
      status: withoutUnknowns(resolve(status, lookupIn(apply.resources, request.lookupObject))),
      resources: resourcesOf(observation, apply, graph),
      refersTo: [...new Set(graph.nodes.flatMap(({ waitsFor }) => waitsFor))],
      memory: journal.memory,
      writes: apply.writes,
    };
  }

  /** What a pass with this request would do now. Writes nothing. */
  async plan(request: PassRequest<Cloud>): Promise<Plan<Cloud>> {
    return (await this.prepare(request)).plan;
  }

  private async prepare(request: PassRequest<Cloud>): Promise<Prepared<Cloud>> {
    const { object, kind, cloud } = request;
    const graph = new Graph(object, request.place, kind.types, request.circumstances);
    const status = kind.build(request.spec, graph);
    const journal = new Journal(request.memory, request.persist, this.clock, settleTimesOf(kind));
    const observation = await observe(this.lists, cloud, ownerOf(object), graph, kind.types, journal);
    const digest = digestOf(graph, request.lookupObject);
    const plan = this.compare(request, graph, observation, journal, digest);
    return { graph, status, journal, observation, digest, plan };
  }

  private compare(
    request: PassRequest<Cloud>,
    graph: Graph<Cloud>,
    observation: Observation,
    journal: Journal,
    digest: string,
  ): Plan<Cloud> {
    const { goal, kind, deletionPolicy, ignore, lookupObject } = request;
    const leftovers = (wanted: (resource: Observed) => boolean): readonly Step<Cloud>[] => {
      const steps = [...observation.types]
        .flatMap(([resource, typeName]) => {
          const type = kind.types.find(({ name }) => name === typeName);
          if (type === undefined || wanted(resource)) return [];
          const step =
            goal === 'delete' || goal === 'retain'
              ? planRemoval(type, resource, goal, outlivesObject(resource, typeName, graph))
              : planLeftover(type, resource, deletionPolicy);
          return step === undefined ? [] : [step];
        })
        // AWS lists in no order, and conditions should read the same from pass to pass.
        .toSorted((one, other) => (one.node < other.node ? -1 : 1));
      const kept = retainedWith(steps, observation.resources);
      return goal === 'delete' || goal === 'retain' ? kept : kept.filter((step) => !isInUse(step, kept));
    };
    // Of two that claim to be the same, one may be somebody else's.
    if (goal !== 'retain') checkNoDuplicates(observation);
    if (goal === 'delete' || goal === 'retain')
      return { steps: leftovers(() => false), cause: 'change', hash: '' };
    const options = { owner: ownerOf(request.object), deletionPolicy, ignore, lookupObject };
    const wanted = wantedOf(observation, graph);
    return makePlan(
      graph,
      wanted,
      leftovers((resource) => wanted.includes(resource)),
      journal,
      options,
      digest,
    );
  }

  private async carryOut(
    request: PassRequest<Cloud>,
    prepared: Prepared<Cloud>,
    apply: Apply<Cloud>,
    application: Application<Cloud>,
  ): Promise<Pick<PassResult<Cloud>, 'state' | 'outcomes'>> {
    const { goal } = request;
    const { plan, observation, digest, journal } = prepared;
    if (goal === 'observe') return { state: stateOfObserved(plan), outcomes: outcomesOfObserved(plan) };
    const refused = await notApproved(request.approval, plan, digest, journal);
    if (refused.length > 0)
      return { state: 'Refused', outcomes: refused.map((step) => refusalOf(step, plan.hash)) };
    // No approval stands above it: the next pass looks whether it is still protected.
    const kept = keptFrom(plan.steps, application.graph, goal);
    if (kept.length > 0) return { state: 'Refused', outcomes: kept };
    if (goal !== 'converge' && plan.steps.length === 0) return this.gone(application, observation);
    const wanted = plan.steps.filter((step) => !isUnwanted(step, application.graph, goal));
    const outcomes = [...(await apply.run(wanted))];
    // Nothing goes before a look has shown that what is wanted works without it: an update may take its time. But what
    // is replaced cannot go before what is no longer wanted and refers to it.
    const isSeen = apply.writes === 0 && outcomes.every((outcome) => outcome.ready);
    if (isSeen || wanted.some((step) => step.action === 'replace'))
      outcomes.push(...(await this.prune(request, prepared, apply, application)));
    return { state: stateOfApplied(outcomes, apply.writes), outcomes };
  }

  /** Nothing is left to do for what is listed; but what was created a moment ago may only not be visible yet. */
  private gone(
    { journal, options }: Application<Cloud>,
    observation: Observation,
  ): Pick<PassResult<Cloud>, 'state' | 'outcomes'> {
    const unsettled = notVisible(journal, observation);
    if (unsettled.length > 0) return { state: 'Progressing', outcomes: unsettled.map(notVisibleYet) };
    this.expectations.delete(options.owner);
    return { state: 'Gone', outcomes: [] };
  }

  private async prune(
    { kind, cloud, goal }: PassRequest<Cloud>,
    { plan, observation, journal }: Prepared<Cloud>,
    apply: Apply<Cloud>,
    { graph }: Application<Cloud>,
  ): Promise<readonly NodeOutcome[]> {
    const unwanted = plan.steps.filter((step) => isUnwanted(step, graph, goal));
    const kept = protectedFrom('delete', unwanted, graph);
    if (kept.length > 0) return kept;
    const used = await stillUsed(unwanted, cloud);
    if (used.length > 0) return used;
    const now = new Date(this.clock.now()).toISOString();
    const unsettled = notVisible(journal, observation);
    // What is retained keeps working as it is, so no order is needed.
    const removable = goal === 'retain' ? unwanted : removableNow(unwanted, graph, kind.types, unsettled);
    if (removable.length === 0 && unwanted.length > 0) return unsettled.map(notVisibleYet);
    return remove(removable, unwanted, apply, cloud, now);
  }

  private application(
    request: PassRequest<Cloud>,
    graph: Graph<Cloud>,
    journal: Journal,
    expectations: Expectations,
  ): Application<Cloud> {
    const { object, cloud, deletionPolicy, ignore, lookupObject, signal, generation, commit } = request;
    return {
      graph,
      cloud,
      options: { owner: ownerOf(object), deletionPolicy, ignore, lookupObject },
      journal,
      expectations,
      signal,
      ...(generation === undefined ? {} : { generation }),
      ...(commit === undefined ? {} : { commit }),
      isObjectReady: (name) => request.isObjectReady(name),
    };
  }

  private expectationsOf(owner: string, plan: Plan<Cloud>): Expectations {
    const known = this.expectations.get(owner) ?? new Expectations(this.clock);
    this.expectations.set(owner, known);
    for (const step of plan.steps) known.observed(step.node, step.changes);
    return known;
  }
}

/** What may exist, created a moment ago, although this list does not show it. */
function notVisible(journal: Journal, { types }: Observation): readonly NodeName[] {
  const listed = new Set([...types].map(([{ node }, type]) => `${type} ${node}`));
  return journal.unsettled.filter(({ node, type }) => !listed.has(`${type} ${node}`));
}

function settleTimesOf<Cloud>({ types }: AnyKind<Cloud>): ReadonlyMap<string, number> {
  return new Map(types.map((type) => [type.name, type.settleTime]));
}

/** What belongs to nodes of the graph; a node may have been of another type before. */
function wantedOf<Cloud>({ types }: Observation, graph: Graph<Cloud>): readonly Observed[] {
  return [...types].flatMap(([resource, type]) =>
    graph.node(resource.node)?.type.name === type ? resource : [],
  );
}

export function ownerOf({ kind, namespace, name }: ObjectName): string {
  return `${kind}/${namespace}/${name}`;
}

function outlivesObject<Cloud>({ node }: Observed, type: string, graph: Graph<Cloud>): boolean {
  const wanted = graph.node(node);
  return wanted?.type.name === type && wanted.outlivesObject;
}

/** What is protected against what the manifest wants: then nothing of it is done, so that there is a way back. */
function keptFrom<Cloud>(
  steps: readonly Step<Cloud>[],
  graph: Graph<Cloud>,
  goal: Goal,
): readonly NodeOutcome[] {
  const leftovers = goal === 'converge' ? steps.filter((step) => isUnwanted(step, graph, goal)) : [];
  return [...protectedFrom('replace', steps, graph), ...protectedFrom('delete', leftovers, graph)];
}

function isUnwanted<Cloud>(step: Step<Cloud>, graph: Graph<Cloud>, goal: Goal): boolean {
  return goal !== 'converge' || graph.node(step.node)?.type.name !== step.type.name;
}
