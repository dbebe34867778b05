import {
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  ListTagsForResourceCommand as ListScalableTargetTagsCommand,
  type ScalableTarget,
  type ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import type { Clients } from '../clients.ts';
import { byName, type DataState } from './resources.ts';

export async function targetsOf({ autoscaling }: Clients): Promise<DataState> {
  const found = await Promise.all(
    (['dynamodb', 'rds', 'ecs'] as const).map(async (ServiceNamespace) => {
      const [{ ScalableTargets = [] }, { ScalingPolicies = [] }] = await Promise.all([
        autoscaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace })),
        autoscaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace })),
      ]);
      return Promise.all(ScalableTargets.map((target) => withPolicies(autoscaling, target, ScalingPolicies)));
    }),
  );
  return {
    scalableTargets: byName(
      found.flat(),
      ({ ScalableDimension, ResourceId }) => `${ScalableDimension} ${ResourceId}`,
    ),
  };
}

async function withPolicies(
  autoscaling: Clients['autoscaling'],
  target: ScalableTarget,
  policies: readonly ScalingPolicy[],
) {
  const { ScalableTargetARN: ResourceARN, ...rest } = target;
  const { Tags } = await autoscaling.send(new ListScalableTargetTagsCommand({ ResourceARN }));
  const own = policies.filter(
    (policy) =>
      policy.ResourceId === target.ResourceId && policy.ScalableDimension === target.ScalableDimension,
  );
  return {
    ...rest,
    Tags,
    Policies: own.map(({ PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration }) => {
      return { PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration };
    }),
  };
}
