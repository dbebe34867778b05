import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';

/**
 * With every number of tasks a deployment can start one more, or stop one. ECS rounds against it:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function checkDeployment({ deployment, replicas }: ApiServiceSpec): readonly SpecFault[] {
  const { minimumHealthyPercent, maximumPercent } = deployment;
  for (let tasks = Math.max(1, replicas.min); tasks <= replicas.max; tasks += 1) {
    const most = Math.floor((tasks * maximumPercent) / 100);
    const least = Math.ceil((tasks * minimumHealthyPercent) / 100);
    if (most === tasks && least === tasks) {
      const message = `with ${tasks} ${tasks === 1 ? 'task' : 'tasks'} and minimumHealthyPercent: ${minimumHealthyPercent} no deployment gets ahead: none can be started before another stops, and none stopped`;
      return [{ path: ['deployment', 'maximumPercent'], message }];
    }
  }
  return [];
}
