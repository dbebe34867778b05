import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { Observed } from '../../../controller/engine/resource-type.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html */
export function stateOf(service: Service): Pick<Observed, 'state' | 'message'> {
  const { status, runningCount = 0, desiredCount = 0 } = service;
  if (status === 'DRAINING') return { state: 'deleting' };
  const primary = primaryOf(service);
  if (primary?.rolloutState === 'FAILED') return { state: 'pending', message: 'deployment: failed' };
  if (primary?.rolloutState === 'IN_PROGRESS')
    return { state: 'pending', message: progressOf(primary, isRollback(service)) };
  if (runningCount !== desiredCount)
    return { state: 'pending', message: `runs ${runningCount} of ${desiredCount} tasks` };
  return { state: 'ready' };
}

export function primaryOf({ deployments = [] }: Service): Deployment | undefined {
  return deployments.find(({ status }) => status === 'PRIMARY');
}

/** The task definition that was deployed last with success: AWS calls that of a deployment its own from its begin. */
export function deployedTo({ deployments = [], taskDefinition = '' }: Service): string {
  const completed = deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED');
  return completed?.taskDefinition ?? taskDefinition;
}

/** The deployment that failed is shown as long as tasks of it are left. */
function isRollback({ deployments = [] }: Service): boolean {
  return deployments.some(({ status, rolloutState }) => status !== 'PRIMARY' && rolloutState === 'FAILED');
}

function progressOf(
  { runningCount = 0, desiredCount = 0, failedTasks = 0 }: Deployment,
  isBack: boolean,
): string {
  const failed = failedTasks === 0 ? '' : `, ${failedTasks} failed`;
  const what = isBack ? 'the task definition of before' : 'the new task definition';
  return `deployment: ${runningCount} of ${desiredCount} tasks run ${what}${failed}`;
}
