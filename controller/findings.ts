import { classOf, type OutcomeClass } from './backoff.ts';
import type { Finding, Reason } from './conditions.ts';
import { describeDrift, type Drift } from './drift.ts';
import type { NodeOutcome } from './engine/apply.ts';
import type { PassResult } from './engine/engine.ts';
import { messageOf, Terminal } from './engine/errors.ts';
import type { AnyKind } from './engine/kind.ts';
import type { Mode } from './environment.ts';

const mostListed = 5;

/** What a person has to mend weighs more than what time mends. */
const weights: Readonly<Record<OutcomeClass, number>> = {
  Terminal: 4,
  AccessDenied: 3,
  Conflict: 2,
  Error: 2,
  Throttled: 1,
  NotReady: 0,
};

/** A terminal error has a reason of its own. */
const reasons: Readonly<Record<OutcomeClass, Reason>> = {
  Terminal: 'Error',
  AccessDenied: 'AccessDenied',
  Conflict: 'Conflict',
  Error: 'Error',
  Throttled: 'Throttled',
  NotReady: 'Progressing',
};

/** What a pass was for. */
export type Occasion<Cloud> = {
  readonly kind: AnyKind<Cloud>;
  readonly mode: Mode;
  readonly deleting: boolean;
  /** As people read it; undefined while the object is awake. */
  readonly asleepUntil: string | undefined;
};

/** Conditions that follow from what a pass found. `Ready` is never alone: it says whether to wait or to act. */
export function findingsOf<Cloud>(
  result: PassResult<Cloud>,
  drift: readonly Drift[],
  occasion: Occasion<Cloud>,
): readonly Finding[] {
  const { kind, mode, deleting } = occasion;
  const main = deleting ? deletionFindings(result) : stateFindings(result, drift, occasion);
  return [...main, driftFinding(drift), ...pauseFindings(mode), ...partFindings(result, kind, deleting)];
}

/** Conditions of an object whose resources could not even be read. */
export function findingsOfError(error: unknown): readonly Finding[] {
  return unready(reasonOf(error), messageOf(error), !isRetriedSoon(error));
}

/** The error that matters most, if there is one: what a person has to mend before what time mends. */
export function worstOf(outcomes: readonly NodeOutcome[]): unknown {
  const errors = outcomes.filter((outcome) => !outcome.ready).map((outcome) => outcome.error);
  return errors.toSorted((one, other) => weightOf(other) - weightOf(one))[0];
}

export function reasonOf(error: unknown): Reason {
  return error instanceof Terminal ? error.reason : reasons[classOf(error)];
}

function stateFindings<Cloud>(
  result: PassResult<Cloud>,
  drift: readonly Drift[],
  { mode, asleepUntil }: Occasion<Cloud>,
): readonly Finding[] {
  const open = result.outcomes.filter((outcome) => !outcome.ready);
  const messages = list(
    open.map((outcome) => outcome.message ?? `${outcome.type} ${outcome.node} is not ready`),
  );
  switch (result.state) {
    case 'InSync':
    case 'Gone':
      return [ready(`${result.resources.length} resources are as the manifest says`, asleepUntil)];
    case 'Progressing':
      return unready(
        'Progressing',
        messages === '' ? 'changes were made and are looked at again' : messages,
        false,
      );
    case 'Differs': {
      const reason = drift.some((entry) => !entry.ignored) ? 'DriftDetected' : 'Differs';
      return unready(
        reason,
        `mode ${mode}: AWS is not as the manifest says and is left as it is: ${messages}`,
        true,
      );
    }
    case 'Refused':
    case 'Failed': {
      const worst = worstOf(result.outcomes);
      return unready(reasonOf(worst), messages, !isRetriedSoon(worst));
    }
  }
}

function deletionFindings<Cloud>(result: PassResult<Cloud>): readonly Finding[] {
  const open = result.outcomes.filter((outcome) => !outcome.ready);
  const messages = list(open.map((outcome) => outcome.message ?? ''));
  const worst = worstOf(result.outcomes);
  const stalled = worst !== undefined && !isRetriedSoon(worst);
  const remaining = `${result.plan.steps.length} resources remain`;
  return unready(stalled ? reasonOf(worst) : 'Deleting', messages === '' ? remaining : messages, stalled);
}

function driftFinding(drift: readonly Drift[]): Finding {
  const open = drift.filter((entry) => !entry.ignored);
  if (open.length > 0)
    return {
      type: 'Drifted',
      status: 'True',
      reason: 'DriftDetected',
      message: list(open.map(describeDrift)),
    };
  const message = drift.length === 0 ? 'AWS is as it was left' : list(drift.map(describeDrift));
  return { type: 'Drifted', status: 'False', reason: 'NoDrift', message };
}

function pauseFindings(mode: Mode): readonly Finding[] {
  if (mode !== 'Paused') return [];
  const message = 'nothing is written until the pause ends; what differs is shown all the same';
  return [{ type: 'Paused', status: 'True', reason: 'Paused', message }];
}

function partFindings<Cloud>(
  result: PassResult<Cloud>,
  kind: AnyKind<Cloud>,
  deleting: boolean,
): readonly Finding[] {
  const outcomes = new Map(result.outcomes.map((outcome) => [outcome.node, outcome]));
  return Object.entries(kind.parts ?? {}).flatMap(([type, prefixes]): readonly Finding[] => {
    const steps = result.plan.steps.filter((step) => prefixes.some((prefix) => step.node.startsWith(prefix)));
    if (steps.length === 0) return [];
    const open = steps.filter((step) => !(outcomes.get(step.node)?.ready ?? step.action === 'none'));
    const message = list(
      open.map(
        (step) => outcomes.get(step.node)?.message ?? `${step.type.name} ${step.node} needs ${step.action}`,
      ),
    );
    // A deletion that was started, and went well so far, leaves nothing in sync.
    if (deleting) {
      const going = message === '' ? `${list(steps.map((step) => step.node))} to go` : message;
      return [{ type, status: 'False', reason: 'Deleting', message: going }];
    }
    if (open.length === 0)
      return [{ type, status: 'True', reason: 'InSync', message: list(steps.map((step) => step.node)) }];
    return [{ type, status: 'False', reason: 'Progressing', message }];
  });
}

function ready(message: string, asleepUntil: string | undefined): Finding {
  const finding = { type: 'Ready', status: 'True' } as const;
  if (asleepUntil === undefined) return { ...finding, reason: 'InSync', message };
  return { ...finding, reason: 'Asleep', message: `${message}; asleep until ${asleepUntil}` };
}

function unready(reason: Reason, message: string, stalled: boolean): readonly Finding[] {
  const finding = { reason, message } as const;
  return [
    { type: 'Ready', status: 'False', ...finding },
    { type: stalled ? 'Stalled' : 'Reconciling', status: 'True', ...finding },
  ];
}

function isRetriedSoon(error: unknown): boolean {
  return weightOf(error) < weights.AccessDenied;
}

function weightOf(error: unknown): number {
  return weights[classOf(error)];
}

function list(messages: readonly string[]): string {
  const shown = messages.slice(0, mostListed).join('; ');
  return messages.length > mostListed ? `${shown}; and ${messages.length - mostListed} more` : shown;
}
