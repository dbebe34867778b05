import { PutClusterCapacityProvidersCommand, UpdateClusterCommand } from '@aws-sdk/client-ecs';
import type { ClusterOutputs, ClusterSpec } from '../../../../reconcilers/aws/ecs/cluster-spec.ts';
import { Cluster } from '../../../../reconcilers/aws/ecs/cluster.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { onBoth, removeAllTags, sampleCluster } from './ecs-samples.ts';

describeResourceType(Cluster, async (aws): Promise<Fixture<ClusterSpec, ClusterOutputs>> => ({
  spec: (number) => sampleCluster(`contract-${number}`),
  removeTags: ({ outputs, tags }) => removeAllTags(aws, outputs.arn, tags),
  fields: {
    name: 'immutable',
    containerInsights: {
      another: 'enhanced',
      changeFromOutside: ({ id }) =>
        aws.ecs.send(
          new UpdateClusterCommand({
            cluster: id,
            settings: [{ name: 'containerInsights', value: 'disabled' }],
          }),
        ),
    },
    capacityProviders: {
      another: ['FARGATE'],
      given: { defaultCapacityProviderStrategy: { FARGATE: { base: 0, weight: 1 } } },
      changeFromOutside: ({ id }) =>
        aws.ecs.send(
          new PutClusterCapacityProvidersCommand({
            cluster: id,
            capacityProviders: ['FARGATE'],
            defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
          }),
        ),
    },
    defaultCapacityProviderStrategy: {
      another: { FARGATE: { base: 0, weight: 1 } },
      changeFromOutside: ({ id }) =>
        aws.ecs.send(
          new PutClusterCapacityProvidersCommand({
            cluster: id,
            capacityProviders: [...onBoth],
            defaultCapacityProviderStrategy: [],
          }),
        ),
    },
  },
}));
