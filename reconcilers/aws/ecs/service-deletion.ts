import { DeleteServiceCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { NotFound, NotReady } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import type { ObservedService } from './service-list.ts';

/**
 * Lets tasks end what they are at, out of the load balancer, before the service goes: AWS would delete it over running
 * tasks if forced to. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
 */
export async function deleteService(aws: Aws, current: ObservedService): Promise<void> {
  if (current.state === 'deleting') return;
  const place = { cluster: current.spec.clusterArn, service: current.outputs.name };
  const left = await drain(aws, current, place);
  if (left > 0) throw new NotReady(`drains: ${left} ${left === 1 ? 'task still runs' : 'tasks still run'}`);
  await ifThere(aws.ecs.send(new DeleteServiceCommand(place)));
}

/** How many tasks are left. */
async function drain(
  { ecs }: Aws,
  { outputs }: ObservedService,
  place: { readonly cluster: string; readonly service: string },
): Promise<number> {
  if (outputs.desiredCount === 0) return outputs.runningCount;
  try {
    const { service } = await ecs.send(new UpdateServiceCommand({ ...place, desiredCount: 0 }));
    return service?.runningCount ?? outputs.runningCount;
  } catch (error) {
    if (error instanceof NotFound) return 0;
    throw error;
  }
}
