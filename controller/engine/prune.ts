import type { Apply, NodeOutcome } from './apply.ts';
import { messageOf, NotFound, NotReady } from './errors.ts';
import type { Graph } from './graph.ts';
import type { NodeName } from './journal.ts';
import { retainedTag } from './ownership.ts';
import type { Step } from './plan.ts';
import type { AnyResourceType, Observed } from './resource-type.ts';

/**
 * The steps whose resource nothing that still exists depends on. The graph tells for its own nodes; for
 * what is in no graph any more the order of the kind's types does, in which later ones refer to earlier ones.
 */
export function removableNow<Cloud>(
  steps: readonly Step<Cloud>[],
  graph: Graph<Cloud>,
  types: readonly AnyResourceType<Cloud>[],
  unsettled: readonly NodeName[],
): readonly Step<Cloud>[] {
  const leftovers = steps.filter((step) => graph.node(step.node)?.type.name !== step.type.name);
  if (leftovers.length > 0) {
    const rank = (step: Step<Cloud>): number => types.findIndex((type) => type.name === step.type.name);
    const last = Math.max(...leftovers.map(rank));
    return leftovers.filter((step) => rank(step) === last);
  }
  // What was just made may refer to something as well, though no list shows it yet.
  const remaining = new Set([...steps, ...unsettled].map(({ node }) => node));
  const needed = new Set(
    graph.nodes.filter((node) => remaining.has(node.id)).flatMap((node) => node.dependsOn),
  );
  return steps.filter((step) => !needed.has(step.node));
}

/** What is still used of all that is to go: as long as there is anything, nothing goes. */
export async function stillUsed<Cloud>(
  steps: readonly Step<Cloud>[],
  cloud: Cloud,
): Promise<readonly NodeOutcome[]> {
  const going = steps.filter((step) => step.action === 'delete');
  const byType = Map.groupBy(going, ({ type }) => type);
  const found = await Promise.all(
    [...byType].map(async ([type, ofType]) => {
      const resources = ofType.flatMap(({ current }) => current ?? []);
      const users = (await type.usersOf?.(cloud, resources)) ?? new Map<string, string>();
      return resources.flatMap(({ id, node }) => usedBy(type.name, node, users.get(id)));
    }),
  );
  return found.flat();
}

function usedBy(type: string, node: string, users: string | undefined): readonly NodeOutcome[] {
  if (users === undefined) return [];
  const error = new NotReady(`is still used by ${users}`);
  return [{ node, type, ready: false, message: `${type} ${node} ${error.message}`, error }];
}

/** Deletes, or marks as retained, what the steps say, of all that are unwanted; what is already gone counts as done. */
export async function remove<Cloud>(
  steps: readonly Step<Cloud>[],
  unwanted: readonly Step<Cloud>[],
  apply: Apply<Cloud>,
  cloud: Cloud,
  now: string,
): Promise<readonly NodeOutcome[]> {
  const going = Map.groupBy(
    unwanted.filter((step) => step.action === 'delete'),
    ({ type }) => type,
  );
  return Promise.all(
    steps.map((step) => {
      const together = going.get(step.type)?.flatMap(({ current }) => current ?? []);
      return removeOne(step, apply, cloud, now, together);
    }),
  );
}

async function removeOne<Cloud>(
  step: Step<Cloud>,
  apply: Apply<Cloud>,
  cloud: Cloud,
  now: string,
  together: readonly Observed[] | undefined,
): Promise<NodeOutcome> {
  const outcome = { node: step.node, type: step.type.name };
  const { current } = step;
  if (current === undefined) return { ...outcome, ready: true };
  try {
    if (step.action === 'wait') throw new NotReady(step.because);
    if (step.action === 'delete') await apply.delete(step.type, current, together);
    if (step.action === 'retain') await retain(step, current, apply, cloud, now);
    return { ...outcome, ready: true };
  } catch (error) {
    if (error instanceof NotFound) return { ...outcome, ready: true };
    const message = `${step.type.name} ${step.node} ${messageOf(error)}`;
    return { ...outcome, ready: false, message, error };
  }
}

async function retain<Cloud>(
  step: Step<Cloud>,
  current: Observed,
  apply: Apply<Cloud>,
  cloud: Cloud,
  now: string,
): Promise<void> {
  const tags = { ...current.tags, [retainedTag]: now };
  await apply.write('retain', step.node, async () => step.type.setTags?.(cloud, current, tags));
}
