import { hash } from 'node:crypto';
import type { Journal } from './journal.ts';
import type { Plan, Step } from './plan.ts';

/** The refused steps that no person let through, now or before the first of what was approved was done. */
export async function notApproved<Cloud>(
  approval: string | undefined,
  plan: Plan<Cloud>,
  digest: string,
  journal: Journal,
): Promise<readonly Step<Cloud>[]> {
  const refused = plan.steps.filter(isRefused);
  if (approval === undefined || refused.length === 0) return refused;
  if (approval === plan.hash) await journal.approve({ hash: approval, digest, steps: refused.map(textOf) });
  const approved = journal.approvedSteps(approval, digest);
  return refused.filter((step) => !approved.has(textOf(step)));
}

/**
 * Short enough to be typed into an annotation; covers the refused steps only, so that drift elsewhere does not void an
 * approval. Neither does what only time changes.
 */
export function hashOf<Cloud>(steps: readonly Step<Cloud>[]): string {
  const refused = steps.filter(isRefused).map((step) => ({
    action: actionOf(step),
    node: step.node,
    type: step.type.name,
    id: step.current?.id,
    changes: step.changes.filter((change) => change.expected !== true),
  }));
  return hash('sha256', JSON.stringify(refused)).slice(0, 12);
}

function isRefused<Cloud>(step: Step<Cloud>): boolean {
  return step.refusal !== undefined;
}

function textOf<Cloud>(step: Step<Cloud>): string {
  return `${actionOf(step)} ${step.type.name} ${step.node} ${step.current?.id ?? ''}`;
}

/** An update that waits for AWS, before it begins or after, is the same one. */
function actionOf<Cloud>({ action }: Step<Cloud>): Step<Cloud>['action'] {
  return action === 'wait' ? 'update' : action;
}
