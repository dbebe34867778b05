import type { CapacityProviderStrategy } from './capacity-provider-strategy.ts';

export type ClusterSpec = {
  /** Unique in the account and region. */
  readonly name: string;
  /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ClusterSetting.html */
  readonly containerInsights: ContainerInsights;
  /** A set. One that tasks still run on cannot be taken out: FARGATE and FARGATE_SPOT cost nothing, so have both. */
  readonly capacityProviders: readonly string[];
  /** For tasks that name no strategy of their own. */
  readonly defaultCapacityProviderStrategy: CapacityProviderStrategy;
};

export type ContainerInsights = 'enabled' | 'enhanced' | 'disabled';

export type ClusterOutputs = {
  readonly arn: string;
  readonly name: string;
};
