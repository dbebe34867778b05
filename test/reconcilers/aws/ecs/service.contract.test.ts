import { UpdateServiceCommand, type UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import type { ServiceOutputs, ServiceSpec } from '../../../../reconcilers/aws/ecs/service-spec.ts';
import { Service } from '../../../../reconcilers/aws/ecs/service.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { removeAllTags } from './ecs-samples.ts';
import { makeSurroundings, sampleService } from './service-samples.ts';

describeResourceType(
  Service,
  async (aws): Promise<Fixture<ServiceSpec, ServiceOutputs>> => {
    const around = await makeSurroundings(aws);
    const theirs = (change: Partial<UpdateServiceCommandInput>) => ({
      changeFromOutside: ({ id }: { readonly id: string }) =>
        aws.ecs.send(new UpdateServiceCommand({ cluster: around.clusterArn, service: id, ...change })),
    });
    const network = (change: object) => {
      const subnets = [...around.subnetIds];
      const awsvpcConfiguration = { subnets, securityGroups: [around.securityGroupIds[0]], ...change };
      return theirs({ networkConfiguration: { awsvpcConfiguration } });
    };
    const balancer = { containerName: 'api', containerPort: 8080 };
    return {
      spec: (number) => sampleService(`contract-${number}`, around),
      pending: true,
      removeTags: ({ id, tags }) => removeAllTags(aws, id, tags),
      fields: {
        name: 'immutable',
        clusterArn: 'immutable',
        taskDefinitionArn: {
          another: around.taskDefinitionArns[1],
          ...theirs({ taskDefinition: around.taskDefinitionArns[1] }),
        },
        desiredCount: 'own tests',
        maxDesiredCount: 'own tests',
        capacityProviderStrategy: {
          another: { FARGATE: { base: 0, weight: 1 } },
          ...theirs({ capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] }),
        },
        platformVersion: { another: '1.4.0', ...theirs({ platformVersion: '1.3.0' }) },
        subnetIds: {
          another: [around.subnetIds[1]],
          ...network({ subnets: [around.subnetIds[0]] }),
        },
        securityGroupIds: {
          another: [...around.securityGroupIds],
          ...network({ securityGroups: [around.securityGroupIds[1]] }),
        },
        assignPublicIp: { another: true, ...network({ assignPublicIp: 'ENABLED' }) },
        loadBalancers: {
          another: [{ ...balancer, targetGroupArn: around.targetGroupArns[1] }],
          ...theirs({ loadBalancers: [{ ...balancer, targetGroupArn: around.targetGroupArns[1] }] }),
        },
        healthCheckGracePeriodSeconds: { another: 0, ...theirs({ healthCheckGracePeriodSeconds: 5 }) },
        deployment: {
          another: { minimumHealthyPercent: 50, maximumPercent: 150, circuitBreaker: true, rollback: false },
          ...theirs({
            deploymentConfiguration: { deploymentCircuitBreaker: { enable: false, rollback: false } },
          }),
        },
        enableExecuteCommand: { another: true, ...theirs({ enableExecuteCommand: true }) },
        propagateTags: { another: 'TASK_DEFINITION', ...theirs({ propagateTags: 'NONE' }) },
        enableManagedTags: { another: false, ...theirs({ enableECSManagedTags: false }) },
        availabilityZoneRebalancing: {
          another: 'DISABLED',
          ...theirs({ availabilityZoneRebalancing: 'DISABLED' }),
        },
        failedDeployment: 'own tests',
      },
    };
  },
  ['desiredCount', 'maxDesiredCount', 'failedDeployment'],
);
