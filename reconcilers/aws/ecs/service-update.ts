import { UpdateServiceCommand, type UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import type { Change } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { toSdkStrategy } from './capacity-provider-strategy.ts';
import { toDeploymentConfiguration, toSdkLoadBalancers } from './service-creation.ts';
import { makeSureItDidNotFail } from './service-failure.ts';
import type { ObservedService } from './service-list.ts';
import { toNetworkConfiguration } from './service-network.ts';
import type { ServiceSpec } from './service-spec.ts';

type Modification = Partial<UpdateServiceCommandInput>;

/**
 * What each field is written by, and what it does to tasks that run: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 * says which parameters start a deployment (`deploys`). Of the others some hold for new tasks only, and a deployment is
 * asked for so that they hold for all (`forced`).
 */
const writings: Readonly<
  Record<
    string,
    { readonly deploys: boolean; readonly forced?: true; write(spec: ServiceSpec): Modification }
  >
> = {
  taskDefinitionArn: { deploys: true, write: (spec) => ({ taskDefinition: spec.taskDefinitionArn }) },
  subnetIds: { deploys: true, write: networkOf },
  securityGroupIds: { deploys: true, write: networkOf },
  assignPublicIp: { deploys: true, write: networkOf },
  loadBalancers: { deploys: true, write: (spec) => ({ loadBalancers: toSdkLoadBalancers(spec) }) },
  platformVersion: { deploys: true, write: ({ platformVersion }) => ({ platformVersion }) },
  capacityProviderStrategy: {
    deploys: true,
    forced: true,
    write: (spec) => ({ capacityProviderStrategy: toSdkStrategy(spec.capacityProviderStrategy) }),
  },
  enableExecuteCommand: {
    deploys: true,
    forced: true,
    write: ({ enableExecuteCommand }) => ({ enableExecuteCommand }),
  },
  propagateTags: { deploys: true, forced: true, write: ({ propagateTags }) => ({ propagateTags }) },
  enableManagedTags: {
    deploys: true,
    forced: true,
    write: (spec) => ({ enableECSManagedTags: spec.enableManagedTags }),
  },
  failedDeployment: { deploys: true, forced: true, write: () => ({}) },
  desiredCount: { deploys: false, write: ({ desiredCount }) => ({ desiredCount }) },
  maxDesiredCount: { deploys: false, write: (spec) => ({ desiredCount: spec.maxDesiredCount }) },
  deployment: {
    deploys: false,
    write: (spec) => ({ deploymentConfiguration: toDeploymentConfiguration(spec) }),
  },
  healthCheckGracePeriodSeconds: {
    deploys: false,
    write: ({ healthCheckGracePeriodSeconds }) => ({ healthCheckGracePeriodSeconds }),
  },
  availabilityZoneRebalancing: {
    deploys: false,
    write: ({ availabilityZoneRebalancing }) => ({ availabilityZoneRebalancing }),
  },
};

export function isDeployed(field: string): boolean {
  return writings[field]?.deploys === true;
}

/** What starts no deployment is written first, and whatever came of the last one: a service can always be put to sleep. */
export async function updateService(
  aws: Aws,
  current: ObservedService,
  spec: ServiceSpec,
  changes: readonly Change[],
): Promise<void> {
  const fields = [...new Set(changes.map(({ field }) => field))];
  const together = new Set(
    fields.filter((field) => isDeployed(field) || needsNewWayIn(field, current, fields)),
  );
  await write(
    aws,
    current,
    spec,
    fields.filter((field) => !together.has(field)),
  );
  if (together.size === 0) return;
  await makeSureItDidNotFail(aws, current, spec);
  await write(aws, current, spec, [...together]);
}

/** AWS refuses a grace period as long as no load balancer asks how tasks are. */
function needsNewWayIn(field: string, { spec }: ObservedService, fields: readonly string[]): boolean {
  const isFirst = spec.loadBalancers.length === 0 && fields.includes('loadBalancers');
  return field === 'healthCheckGracePeriodSeconds' && isFirst;
}

async function write(
  { ecs }: Aws,
  { spec: { clusterArn }, outputs: { name } }: ObservedService,
  spec: ServiceSpec,
  fields: readonly string[],
): Promise<void> {
  const parts = fields.flatMap((field) => writings[field] ?? []);
  if (parts.length === 0) return;
  const parameters: Modification = Object.assign({}, ...parts.map((part) => part.write(spec)));
  const forceNewDeployment = parts.some(({ forced }) => forced === true);
  await ecs.send(
    new UpdateServiceCommand({
      ...parameters,
      cluster: clusterArn,
      service: name,
      ...(forceNewDeployment && { forceNewDeployment }),
    }),
  );
}

function networkOf(spec: ServiceSpec): Modification {
  return { networkConfiguration: toNetworkConfiguration(spec) };
}
