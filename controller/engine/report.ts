import type { Apply, NodeOutcome } from './apply.ts';
import { NotReady, Terminal } from './errors.ts';
import type { Graph } from './graph.ts';
import type { NodeName } from './journal.ts';
import type { Observation } from './observe.ts';
import type { Plan, Step } from './plan.ts';
import { Unknown } from './ref.ts';
import { isFields, type Fields } from './resource-type.ts';

/**
 * InSync: AWS is as wanted, seen by this pass. Progressing: something was written or is on its way.
 * Differs: it is not as wanted and was only looked at. Gone: nothing is left of what should go.
 */
export type PassState = 'InSync' | 'Progressing' | 'Differs' | 'Refused' | 'Failed' | 'Gone';

export type PassResource = {
  readonly node: string;
  readonly type: string;
  readonly id: string;
  readonly state: string;
};

export function refusalOf<Cloud>(step: Step<Cloud>, hash: string): NodeOutcome {
  const message = `${step.refusal ?? ''}; if that is meant, set the annotation fintech.global/approve: "${hash}"`;
  const error = new Terminal('ApprovalRequired', message);
  return { node: step.node, type: step.type.name, ready: false, message, error };
}

export function notVisibleYet({ node, type }: NodeName): NodeOutcome {
  const message = `${type} ${node} may have been created a moment ago and is not visible yet`;
  return { node, type, ready: false, message, error: new NotReady(message) };
}

export function stateOfObserved<Cloud>({ steps }: Plan<Cloud>): PassState {
  const acting = steps.filter((step) => step.action !== 'none');
  if (acting.length === 0) return 'InSync';
  return acting.every((step) => step.action === 'wait') ? 'Progressing' : 'Differs';
}

export function outcomesOfObserved<Cloud>({ steps }: Plan<Cloud>): readonly NodeOutcome[] {
  return steps.map((step) => ({
    node: step.node,
    type: step.type.name,
    ready: step.action === 'none',
    ...(step.action === 'none'
      ? {}
      : { message: `${step.type.name} ${step.node} ${step.because ?? `needs ${step.action}`}` }),
  }));
}

export function stateOfApplied(outcomes: readonly NodeOutcome[], writes: number): PassState {
  const errors = outcomes.filter((outcome) => !outcome.ready).map((outcome) => outcome.error);
  if (errors.some((error) => !(error instanceof NotReady))) return 'Failed';
  return errors.length > 0 || writes > 0 ? 'Progressing' : 'InSync';
}

export function resourcesOf<Cloud>(
  observation: Observation,
  apply: Apply<Cloud>,
  graph: Graph<Cloud>,
): readonly PassResource[] {
  const all = new Set([...apply.resources.values(), ...observation.resources]);
  return [...all].map((resource) => ({
    node: resource.node,
    type: observation.types.get(resource) ?? graph.node(resource.node)?.type.name ?? '',
    id: resource.id,
    state: resource.state,
  }));
}

/** A status holds only what is known: the rest is left out. */
export function withoutUnknowns(value: unknown): Fields {
  const pruned = dropUnknown(value);
  return isFields(pruned) ? pruned : {};
}

function dropUnknown(value: unknown): unknown {
  if (value instanceof Unknown) return undefined;
  if (Array.isArray(value)) return value.map(dropUnknown).filter((item) => item !== undefined);
  if (!isFields(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, dropUnknown(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
