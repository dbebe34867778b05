import type { NetworkConfiguration } from '@aws-sdk/client-ecs';
import type { ServiceSpec } from './service-spec.ts';

export type ServiceNetwork = Pick<ServiceSpec, 'assignPublicIp' | 'securityGroupIds' | 'subnetIds'>;

export function toNetworkConfiguration(network: ServiceNetwork): NetworkConfiguration {
  return {
    awsvpcConfiguration: {
      subnets: [...network.subnetIds],
      securityGroups: [...network.securityGroupIds],
      assignPublicIp: network.assignPublicIp ? 'ENABLED' : 'DISABLED',
    },
  };
}

export function networkIn(configuration: NetworkConfiguration = {}): ServiceNetwork {
  const { subnets = [], securityGroups = [], assignPublicIp } = configuration.awsvpcConfiguration ?? {};
  return {
    subnetIds: subnets,
    securityGroupIds: securityGroups,
    assignPublicIp: assignPublicIp === 'ENABLED',
  };
}
