import { parseDuration } from '../../controller/engine/duration.ts';
import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Fields } from '../../controller/engine/resource-type.ts';
import type { Aws } from '../aws/cloud.ts';
import type { ClusterOutputs } from '../aws/ecs/cluster-spec.ts';
import type { ServiceOutputs } from '../aws/ecs/service-spec.ts';
import { Service } from '../aws/ecs/service.ts';
import type { TaskDefinitionOutputs } from '../aws/ecs/task-definition-spec.ts';
import { appContainer } from './containers.ts';
import type { Ingress } from './ingress.ts';
import type { Network } from './network.ts';
import type { ApiServiceSpec } from './spec.ts';

type Parts = {
  readonly cluster: NodeHandle<ClusterOutputs>;
  readonly taskDefinition: NodeHandle<TaskDefinitionOutputs>;
  readonly network: Network;
  readonly ingress: Ingress | undefined;
};

/** Keeps tasks running, and replaces them a few at a time. Outside of office hours it has none. */
export function addService(
  graph: Graph<Aws>,
  spec: ApiServiceSpec,
  { cluster, taskDefinition, network, ingress }: Parts,
): NodeHandle<ServiceOutputs> {
  const { replicas, container, healthCheck, deployment } = spec;
  const { isAsleep } = graph.circumstances;
  return graph.add(
    Service,
    'service',
    {
      name: graph.nameOf('service'),
      clusterArn: cluster.ref('arn'),
      taskDefinitionArn: taskDefinition.ref('arn'),
      desiredCount: isAsleep ? 0 : replicas.min,
      maxDesiredCount: isAsleep ? 0 : replicas.max,
      capacityProviderStrategy: strategyOf(spec),
      platformVersion: 'LATEST',
      subnetIds: network.appSubnetIds,
      securityGroupIds: [network.appGroup],
      assignPublicIp: false,
      loadBalancers:
        ingress === undefined
          ? []
          : [
              {
                targetGroupArn: ingress.targetGroup.ref('arn'),
                containerName: appContainer,
                containerPort: container.port,
              },
            ],
      healthCheckGracePeriodSeconds:
        ingress === undefined ? 0 : parseDuration(healthCheck.gracePeriod) / 1_000,
      deployment: {
        minimumHealthyPercent: deployment.minimumHealthyPercent,
        maximumPercent: deployment.maximumPercent,
        circuitBreaker: deployment.circuitBreaker,
        rollback: deployment.circuitBreaker,
      },
      enableExecuteCommand: spec.executeCommand,
      propagateTags: 'SERVICE',
      enableManagedTags: true,
      // It starts the new task before it stops the old one, for which there has to be room.
      availabilityZoneRebalancing: deployment.maximumPercent > 100 ? 'ENABLED' : 'DISABLED',
    },
    { after: wayIn(ingress) },
  );
}

/** Tasks are there for callers only behind the web ACL, which stays until they have gone. */
function wayIn(ingress: Ingress | undefined): readonly NodeHandle<Fields>[] {
  if (ingress === undefined) return [];
  const { listeners, webAcl } = ingress;
  return webAcl === undefined ? listeners : [...listeners, webAcl];
}

/** AWS takes no provider that gets nothing. */
function strategyOf({ capacityProviders }: ApiServiceSpec) {
  return Object.fromEntries(
    Object.entries(capacityProviders).filter(([, { base, weight }]) => base > 0 || weight > 0),
  );
}
