import { hash } from 'node:crypto';
import { hashOf } from './approval.ts';
import { differences } from './compare.ts';
import type { Graph, Node } from './graph.ts';
import type { Journal } from './journal.ts';
import { isRetained, tagChanges, tagsOf } from './ownership.ts';
import { describeRef, hasUnknown, Replaced, resolveFields, type Lookup } from './ref.ts';
import type { AnyResourceType, Change, Fields, Observed } from './resource-type.ts';

export type PlannedChange = Change & {
  /** Left to somebody else by the annotation `fintech.global/ignore`. */
  readonly ignored?: true;
  /** Time made it, and nobody: it is put right, and is no drift. */
  readonly expected?: true;
};

/** What the engine would do about one resource. */
export type Step<Cloud> = {
  readonly action: 'none' | 'create' | 'update' | 'replace' | 'delete' | 'retain' | 'wait';
  readonly node: string;
  readonly type: AnyResourceType<Cloud>;
  readonly current?: Observed;
  /** The wanted settings, as far as known; empty for what is not wanted. */
  readonly spec: Fields;
  readonly changes: readonly PlannedChange[];
  /** Why it waits, or why it is replaced. */
  readonly because?: string;
  /** Data would be lost, or there is no way back: only an approval of exactly this plan lets it through. */
  readonly refusal?: string;
};

export type Plan<Cloud> = {
  /** One for each node of the graph in its order, then one for each resource that is no longer wanted. */
  readonly steps: readonly Step<Cloud>[];
  /** Why AWS differs: somebody changed it (`drift`), or the object was changed (`change`). */
  readonly cause: 'drift' | 'change';
  /** Names the refused steps; an approval of this hash lets exactly them through. */
  readonly hash: string;
};

export type PlanOptions = {
  readonly owner: string;
  readonly deletionPolicy: 'Retain' | 'Delete';
  /** `<node>.<field>` or `<node>.<field>.<part>`. */
  readonly ignore: ReadonlySet<string>;
  /** Values of status fields of other objects. */
  readonly lookupObject: Lookup;
};

/** Compares what an object wants with what its owner has. Nothing is read or written here. */
export function makePlan<Cloud>(
  graph: Graph<Cloud>,
  observed: readonly Observed[],
  leftovers: readonly Step<Cloud>[],
  journal: Journal,
  options: PlanOptions,
  digest: string,
): Plan<Cloud> {
  const byNode = new Map(observed.map((resource) => [resource.node, resource]));
  const replaced = new Set<string>();
  const known = lookupIn(byNode, options.lookupObject);
  // What refers to a node that is replaced has to go before it, or to be told its successor.
  const lookup: Lookup = (ref) =>
    ref.source.kind === 'node' && replaced.has(ref.source.node) ? new Replaced(describeRef(ref)) : known(ref);
  const wanted = graph.nodes.map((node) => {
    const step = planNode(graph, node, byNode.get(node.id), journal, options, lookup);
    if (step.action === 'replace' || isLost(step, journal)) replaced.add(node.id);
    if (step.action === 'create' || isRenewed(step)) byNode.delete(node.id);
    return step;
  });
  const steps = [...wanted, ...leftovers];
  return {
    steps,
    cause: journal.applied === digest ? 'drift' : 'change',
    hash: hashOf(steps),
  };
}

/** Outputs of observed resources answer references to nodes; the options answer those to objects. */
export function lookupIn(byNode: ReadonlyMap<string, Observed>, lookupObject: Lookup): Lookup {
  return (ref) =>
    ref.source.kind === 'node' ? byNode.get(ref.source.node)?.outputs[ref.output] : lookupObject(ref);
}

export function planNode<Cloud>(
  graph: Graph<Cloud>,
  node: Node<Cloud>,
  current: Observed | undefined,
  journal: Journal,
  options: PlanOptions,
  lookup: Lookup,
): Step<Cloud> {
  const spec = resolveFields(node.inputs, lookup);
  const step = { node: node.id, type: node.type, spec };
  if (current === undefined) return { ...step, action: 'create', changes: [] };
  const existing = { ...step, current };
  if (isGoing(node.type, current))
    return { ...existing, action: 'wait', changes: [], because: 'is being deleted' };
  const changes = changesOf(graph, node, spec, current, journal, options);
  if (current.ownedBy !== undefined)
    return { ...existing, action: 'wait', changes, because: isTakenOver(current) };
  const differing = { ...existing, changes, ...refusalOfChanges(node, spec, current, changes) };
  if (current.state === 'failed')
    return replacement(differing, `failed: ${current.message ?? 'no reason given'}`);
  const immutable = changes.find(
    (change) => change.ignored !== true && isImmutable(node.type, spec, current, change),
  );
  if (immutable !== undefined) return replacement(differing, `${immutable.path} cannot be changed in place`);
  const action = changes.some((change) => change.ignored !== true) ? 'update' : 'none';
  if (current.state === 'pending' && (action === 'none' || node.type.changeableWhilePending !== true))
    return { ...differing, action: 'wait', because: current.message ?? 'is pending' };
  return { ...differing, action };
}

/** A step for what the object has and no longer wants; undefined where nothing is to be done. */
export function planLeftover<Cloud>(
  type: AnyResourceType<Cloud>,
  current: Observed,
  deletionPolicy: 'Retain' | 'Delete',
): Step<Cloud> | undefined {
  const step = { node: current.node, type, current, spec: {}, changes: [] };
  if (isNoLongerOurs(current) || (current.state === 'deleting' && type.deletionIsReversible === true))
    return undefined;
  if (current.state === 'deleting') return { ...step, action: 'wait', because: 'is being deleted' };
  if (!type.holdsData) return { ...step, action: 'delete' };
  if (deletionPolicy === 'Retain' && type.setTags !== undefined)
    return {
      ...step,
      action: 'retain',
      ...(type.irreplaceable === true && {
        refusal: `${type.name} ${current.node} (${current.id}) would be left behind with its data, which its successor lacks`,
      }),
    };
  return {
    ...step,
    action: 'delete',
    refusal: `${type.name} ${current.node} (${current.id}) would be deleted with its data`,
  };
}

/** A step for a resource of an object that goes as a whole; `outlivesObject` as its node says it. */
export function planRemoval<Cloud>(
  type: AnyResourceType<Cloud>,
  current: Observed,
  goal: 'delete' | 'retain',
  outlivesObject: boolean,
): Step<Cloud> | undefined {
  const step = { node: current.node, type, current, spec: {}, changes: [] };
  if (isNoLongerOurs(current)) return undefined;
  if (goal === 'retain' || (outlivesObject && current.state !== 'deleting'))
    return type.setTags === undefined ? undefined : { ...step, action: 'retain' };
  if (current.state !== 'deleting') return { ...step, action: 'delete' };
  return type.deletionIsReversible === true
    ? undefined
    : { ...step, action: 'wait', because: 'is being deleted' };
}

/** Its outputs are those of what the update makes, and not known before. */
export function isRenewed<Cloud>({ type, action, changes }: Step<Cloud>): boolean {
  const isWritten = changes.some(({ field, ignored }) => field !== 'tags' && ignored !== true);
  return type.renewedByUpdate === true && action === 'update' && isWritten;
}

/** Handed over, or left alone on purpose: nothing of that is ours to remove. */
function isNoLongerOurs(current: Observed): boolean {
  return isRetained(current) || current.ownedBy !== undefined;
}

/** Why nothing is done about a resource that was ours. */
export function isTakenOver({ id, owner, ownedBy = '' }: Observed): string {
  return `is left alone: the tag fintech.global/owner of ${id} says ${ownedBy}; put back ${owner} if it was changed by mistake`;
}

/**
 * Stands for everything that an object wants, whatever AWS shows: references to its own nodes count by name, those to
 * other objects by what these say, because nobody but them changes it.
 */
export function digestOf<Cloud>(graph: Graph<Cloud>, lookupObject: Lookup): string {
  const said: Lookup = (ref) => (ref.source.kind === 'object' ? lookupObject(ref) : ref.toJSON());
  const nodes = graph.nodes.map(({ id, type, inputs }) => [id, type.name, resolveFields(inputs, said)]);
  return hash('sha256', JSON.stringify([graph.place.tags, nodes])).slice(0, 32);
}

function replacement<Cloud>(step: Omit<Step<Cloud>, 'action'>, because: string): Step<Cloud> {
  const { current, node, type, spec } = step;
  // It is on its way out already and would have to be brought back only to go again.
  if (current?.state === 'deleting') return { node, type, spec, action: 'create', changes: [] };
  const replace = { ...step, action: 'replace', because } as const;
  const { holdsData, irreplaceable } = step.type;
  if (!holdsData && irreplaceable !== true) return replace;
  const loss = holdsData ? 'and its data lost' : 'and everything in it';
  const refusal = `${step.type.name} ${step.node} (${current?.id ?? ''}) would be replaced ${loss}: ${because}`;
  return { ...replace, refusal };
}

function changesOf<Cloud>(
  graph: Graph<Cloud>,
  node: Node<Cloud>,
  spec: Fields,
  current: Observed,
  journal: Journal,
  options: PlanOptions,
): readonly PlannedChange[] {
  const changes = [...differences(node.type, spec, current.spec)];
  if (node.type.setTags !== undefined) {
    changes.push(...tagChanges(tagsOf(graph, options.owner, node.id), current.tags ?? {}, journal.tagKeys));
  }
  return changes.map((change) => ({
    ...change,
    ...(isIgnored(options.ignore, node.id, change) ? { ignored: true } : {}),
    ...(isExpected(node, spec, current, change) ? { expected: true } : {}),
  }));
}

function isExpected<Cloud>(
  { type }: Node<Cloud>,
  spec: Fields,
  current: Observed,
  { field }: Change,
): boolean {
  const wanted = spec[field];
  return !hasUnknown(wanted) && type.fields[field]?.isExpected?.(wanted, current.spec[field]) === true;
}

/** Why changes that can be made in place are not made without approval; each field is asked once, as a whole. */
function refusalOfChanges<Cloud>(
  { id, type }: Node<Cloud>,
  spec: Fields,
  current: Observed,
  changes: readonly PlannedChange[],
): Pick<Step<Cloud>, 'refusal'> {
  const fields = new Set(changes.filter(({ ignored }) => ignored !== true).map(({ field }) => field));
  const reasons = [...fields].flatMap((field) => {
    const wanted = spec[field];
    return hasUnknown(wanted) ? [] : (type.fields[field]?.refusal?.(wanted, current.spec[field]) ?? []);
  });
  return reasons.length === 0
    ? {}
    : { refusal: `${type.name} ${id} (${current.id}) ${reasons.join(', and ')}` };
}

function isIgnored(ignore: ReadonlySet<string>, node: string, change: Change): boolean {
  let path = `${node}.${change.path}`;
  while (path.length > node.length) {
    if (ignore.has(path)) return true;
    path = path.slice(0, path.lastIndexOf('.'));
  }
  return false;
}

/**
 * Is to be made, and would not be the one that others still refer to. Only of what may not be replaced without
 * approval: where a VPC is missing and its subnets are not, its tags were changed rather than the VPC deleted, and
 * a second one beside it would cost all that is in the first.
 */
function isLost<Cloud>({ action, type, node }: Step<Cloud>, journal: Journal): boolean {
  const name = { type: type.name, node };
  return (
    action === 'create' &&
    type.uniqueBy !== 'name' &&
    (type.holdsData || type.irreplaceable === true) &&
    !journal.isJustCreated(name) &&
    !journal.isPerhapsCreated(name)
  );
}

/** A value that is not known yet may turn out to be the one that is there; one that is replaced does not. */
function isImmutable<Cloud>(
  { fields }: AnyResourceType<Cloud>,
  spec: Fields,
  current: Observed,
  { field, to }: Change,
): boolean {
  const rule = fields[field];
  if (rule?.immutable !== true) return false;
  if (hasUnknown(to)) return hasUnknown(to, Replaced);
  const wanted = spec[field];
  return hasUnknown(wanted) || rule.changesInPlace?.(wanted, current.spec[field]) !== true;
}

function isGoing<Cloud>(type: AnyResourceType<Cloud>, current: Observed): boolean {
  return current.state === 'deleting' && type.deletionIsReversible !== true;
}
