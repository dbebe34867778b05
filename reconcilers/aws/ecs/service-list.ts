import type { Service } from '@aws-sdk/client-ecs';
import type { Observed, OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { findOwned } from '../owned.ts';
import { strategyIn } from './capacity-provider-strategy.ts';
import { loadBalancersIn } from './service-load-balancers.ts';
import { networkIn } from './service-network.ts';
import { describeServices } from './service-search.ts';
import type { ServiceOutputs, ServiceSpec } from './service-spec.ts';
import { deployedTo, primaryOf, stateOf } from './service-state.ts';
import { tagsIn } from './tags.ts';

export type ObservedService = Observed<ServiceSpec, ServiceOutputs>;

/** Services by what was seen before and by their tags. A name alone does not say in which cluster to look. */
export async function listServices(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedService[]> {
  const owners = queries.map(({ owner }) => owner);
  const indexed = await findOwned(aws, 'ecs:service', owners);
  const arns = new Set(indexed.map(({ arn }) => arn));
  for (const { known } of queries) for (const arn of known.values()) arns.add(arn);
  const services = await describeServices(aws, arns);
  return services.flatMap((service) => observed(service, queries));
}

function observed(service: Service, queries: readonly OwnerQuery[]): readonly ObservedService[] {
  const { serviceArn: id = '', serviceName: name = '' } = service;
  const { runningCount = 0, desiredCount = 0 } = service;
  const tags = tagsIn(service.tags);
  return claimsOn(id, tags, queries).map((claim) => ({
    ...claim,
    ...stateOf(service),
    id,
    tags,
    spec: specOf(service),
    outputs: { arn: id, name, runningCount, desiredCount, taskDefinitionArn: deployedTo(service) },
  }));
}

function specOf(service: Service): ServiceSpec {
  const { deploymentConfiguration: { deploymentCircuitBreaker: breaker, ...deployment } = {} } = service;
  const primary = primaryOf(service);
  return {
    name: service.serviceName ?? '',
    clusterArn: service.clusterArn ?? '',
    taskDefinitionArn: service.taskDefinition ?? '',
    desiredCount: service.desiredCount ?? 0,
    maxDesiredCount: service.desiredCount ?? 0,
    capacityProviderStrategy: strategyIn(service.capacityProviderStrategy),
    platformVersion: service.platformVersion ?? 'LATEST',
    ...networkIn(service.networkConfiguration),
    loadBalancers: loadBalancersIn(service.loadBalancers),
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds ?? 0,
    deployment: {
      // What AWS takes where nothing was given.
      minimumHealthyPercent: deployment.minimumHealthyPercent ?? 100,
      maximumPercent: deployment.maximumPercent ?? 200,
      circuitBreaker: breaker?.enable ?? false,
      rollback: breaker?.rollback ?? false,
    },
    enableExecuteCommand: service.enableExecuteCommand ?? false,
    propagateTags: service.propagateTags ?? 'NONE',
    enableManagedTags: service.enableECSManagedTags ?? false,
    availabilityZoneRebalancing: service.availabilityZoneRebalancing ?? 'DISABLED',
    ...(primary?.rolloutState === 'FAILED' && { failedDeployment: primary.taskDefinition ?? '' }),
  };
}
