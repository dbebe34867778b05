import type { CapacityProviderStrategy } from './capacity-provider-strategy.ts';

/** Tasks that are kept running, and replaced a few at a time: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export type ServiceSpec = {
  /** Unique in its cluster. */
  readonly name: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  /** So many at creation, and at least so many afterwards: more are those of autoscaling, whose minimum this is. */
  readonly desiredCount: number;
  /** At most so many: the maximum of autoscaling, or the same as `desiredCount` without it. */
  readonly maxDesiredCount: number;
  readonly capacityProviderStrategy: CapacityProviderStrategy;
  /** `LATEST`, or a version of Fargate. */
  readonly platformVersion: string;
  /** A set. */
  readonly subnetIds: readonly string[];
  /** A set. */
  readonly securityGroupIds: readonly string[];
  readonly assignPublicIp: boolean;
  /** A set. Each target group has to be in use by a load balancer before. */
  readonly loadBalancers: readonly ServiceLoadBalancer[];
  /** For so long a new task may fail its health checks; 0 without. */
  readonly healthCheckGracePeriodSeconds: number;
  readonly deployment: DeploymentSettings;
  /** A shell in running containers, for people: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
  readonly enableExecuteCommand: boolean;
  /** Whose tags tasks get. */
  readonly propagateTags: 'NONE' | 'SERVICE' | 'TASK_DEFINITION';
  /** Tasks get the tags `aws:ecs:clusterName` and `aws:ecs:serviceName`, for the bill. */
  readonly enableManagedTags: boolean;
  /** Needs a maximum above 100 percent. */
  readonly availabilityZoneRebalancing: 'DISABLED' | 'ENABLED';
  /** The task definition whose deployment failed, where there is nothing to go back to. Only observed. */
  readonly failedDeployment?: string;
};

export type ServiceLoadBalancer = {
  readonly targetGroupArn: string;
  readonly containerName: string;
  readonly containerPort: number;
};

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
export type DeploymentSettings = {
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  /** Gives up a deployment whose tasks do not start. */
  readonly circuitBreaker: boolean;
  /** Then deploys again what was deployed last with success. */
  readonly rollback: boolean;
};

export type ServiceOutputs = {
  readonly arn: string;
  readonly name: string;
  readonly runningCount: number;
  readonly desiredCount: number;
  /** That of before while a deployment is on its way, and after a rollback. */
  readonly taskDefinitionArn: string;
};
