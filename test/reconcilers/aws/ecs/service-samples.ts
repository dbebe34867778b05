import { CreateClusterCommand } from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { ServiceSpec } from '../../../../reconcilers/aws/ecs/service-spec.ts';
import { TaskDefinition } from '../../../../reconcilers/aws/ecs/task-definition.ts';
import { makePlaces, type Places } from '../../../emulator/elasticache-places.ts';
import { creationOf, onBoth, sampleTaskDefinition } from './ecs-samples.ts';

/** What services of the tests refer to. */
export type Surroundings = Places & {
  readonly clusterArn: string;
  /** Of one family each. */
  readonly taskDefinitionArns: readonly [string, string];
  /** Each is in use by a listener. */
  readonly targetGroupArns: readonly [string, string];
};

export async function makeSurroundings(aws: Aws): Promise<Surroundings> {
  const places = await makePlaces(aws.ec2, 'eu-west-1');
  const made = await aws.ecs.send(
    new CreateClusterCommand({ clusterName: 'services', capacityProviders: [...onBoth] }),
  );
  const taskDefinition = async (family: string): Promise<string> => {
    const creation = creationOf(family, 'Sample/test/other');
    return (await TaskDefinition.create(aws, sampleTaskDefinition(family), creation)).outputs?.arn ?? '';
  };
  return {
    ...places,
    clusterArn: made.cluster?.clusterArn ?? '',
    taskDefinitionArns: [await taskDefinition('api'), await taskDefinition('other-api')],
    targetGroupArns: await makeTargetGroups(aws, places),
  };
}

async function makeTargetGroups({ elb }: Aws, { vpcId, subnetIds }: Places): Promise<[string, string]> {
  const { LoadBalancers = [] } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'services', Scheme: 'internal', Subnets: [...subnetIds] }),
  );
  const targetGroup = async (Name: string, Port: number): Promise<string> => {
    const group = { Name, Protocol: 'HTTP', Port: 8080, VpcId: vpcId, TargetType: 'ip' } as const;
    const { TargetGroups = [] } = await elb.send(new CreateTargetGroupCommand(group));
    const TargetGroupArn = TargetGroups[0]?.TargetGroupArn ?? '';
    await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn,
        Protocol: 'HTTP',
        Port,
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }),
    );
    return TargetGroupArn;
  };
  return [await targetGroup('api', 80), await targetGroup('other-api', 81)];
}

export function sampleService(name: string, around: Surroundings): ServiceSpec {
  return {
    name,
    clusterArn: around.clusterArn,
    taskDefinitionArn: around.taskDefinitionArns[0],
    desiredCount: 3,
    maxDesiredCount: 10,
    capacityProviderStrategy: {
      FARGATE: { base: 1, weight: 1 },
      FARGATE_SPOT: { base: 0, weight: 2 },
    },
    platformVersion: 'LATEST',
    subnetIds: around.subnetIds,
    securityGroupIds: [around.securityGroupIds[0]],
    assignPublicIp: false,
    loadBalancers: [{ targetGroupArn: around.targetGroupArns[0], containerName: 'api', containerPort: 8080 }],
    healthCheckGracePeriodSeconds: 60,
    deployment: {
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      circuitBreaker: true,
      rollback: true,
    },
    enableExecuteCommand: false,
    propagateTags: 'SERVICE',
    enableManagedTags: true,
    availabilityZoneRebalancing: 'ENABLED',
  };
}
