import type { Change, Interruption } from '../../../controller/engine/resource-type.ts';
import type { ObservedService } from './service-list.ts';
import type { ServiceSpec } from './service-spec.ts';
import { isDeployed } from './service-update.ts';

/** A deployment replaces tasks a few at a time, unless it may stop all of them before others run. */
export function interruptionOf({ spec }: ObservedService, { field, to }: Change): Interruption {
  if (field === 'maxDesiredCount') return to === 0 ? 'restart' : 'none';
  return isDeployed(field) && mayStopAll(spec) ? 'restart' : 'none';
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html: it is rounded up. */
function mayStopAll({ desiredCount, deployment }: ServiceSpec): boolean {
  return desiredCount > 0 && Math.ceil((desiredCount * deployment.minimumHealthyPercent) / 100) === 0;
}
