import { CreateServiceCommand, type DeploymentConfiguration, type LoadBalancer } from '@aws-sdk/client-ecs';
import { NotReady } from '../../../controller/engine/errors.ts';
import type { Creation } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { serviceArn } from './arn.ts';
import { toSdkStrategy } from './capacity-provider-strategy.ts';
import { toNetworkConfiguration } from './service-network.ts';
import { describeServices } from './service-search.ts';
import type { ServiceSpec } from './service-spec.ts';
import { tagsIn, toEcsTags } from './tags.ts';

/** The ARN of the service, which has no tasks yet. */
export async function createService(aws: Aws, spec: ServiceSpec, creation: Creation): Promise<string> {
  const arn = serviceArn(aws, spec.clusterArn, spec.name);
  // AWS refuses a second one of the name with a code that says nothing.
  if (await isThereAndOurs(aws, arn, spec, creation)) return arn;
  const { service } = await aws.ecs.send(
    new CreateServiceCommand({
      serviceName: spec.name,
      cluster: spec.clusterArn,
      taskDefinition: spec.taskDefinitionArn,
      desiredCount: spec.desiredCount,
      capacityProviderStrategy: toSdkStrategy(spec.capacityProviderStrategy),
      platformVersion: spec.platformVersion,
      networkConfiguration: toNetworkConfiguration(spec),
      loadBalancers: toSdkLoadBalancers(spec),
      ...gracePeriodOf(spec),
      deploymentConfiguration: toDeploymentConfiguration(spec),
      enableExecuteCommand: spec.enableExecuteCommand,
      propagateTags: spec.propagateTags,
      enableECSManagedTags: spec.enableManagedTags,
      availabilityZoneRebalancing: spec.availabilityZoneRebalancing,
      tags: toEcsTags(creation.tags),
    }),
  );
  return service?.serviceArn ?? arn;
}

/** Throws if it is somebody else's, or still on its way out. */
async function isThereAndOurs(
  aws: Aws,
  arn: string,
  { name }: ServiceSpec,
  creation: Creation,
): Promise<boolean> {
  const [service] = await describeServices(aws, [arn]);
  if (service === undefined) return false;
  if (service.status === 'DRAINING')
    throw new NotReady(`waits until the service ${name} of before has drained`);
  makeSureItIsOurs(`a service ${name} exists already`, tagsIn(service.tags), creation);
  return true;
}

export function toSdkLoadBalancers({ loadBalancers }: ServiceSpec): LoadBalancer[] {
  return loadBalancers.map((balancer) => ({ ...balancer }));
}

/** AWS refuses it where nothing checks the health of tasks. */
function gracePeriodOf({ healthCheckGracePeriodSeconds }: ServiceSpec) {
  return healthCheckGracePeriodSeconds === 0 ? {} : { healthCheckGracePeriodSeconds };
}

export function toDeploymentConfiguration({ deployment }: ServiceSpec): DeploymentConfiguration {
  const { minimumHealthyPercent, maximumPercent, circuitBreaker, rollback } = deployment;
  return {
    minimumHealthyPercent,
    maximumPercent,
    deploymentCircuitBreaker: { enable: circuitBreaker, rollback },
  };
}
