import {
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  type MetricType,
  type RegisterScalableTargetCommandInput,
} from '@aws-sdk/client-application-auto-scaling';
import { missing, type DriftRow } from '../drift-row.ts';

/** A scalable target of the database, with its one policy as it is wanted. */
export type Scaled = {
  readonly node: string;
  readonly target: Pick<
    RegisterScalableTargetCommandInput,
    'ServiceNamespace' | 'ResourceId' | 'ScalableDimension'
  >;
  readonly min: number;
  readonly max: number;
  readonly policy: { readonly name: string; readonly metric: MetricType; readonly scaleInCooldown: number };
};

/** What somebody does to the bounds and the policy of one target. */
export function scalingDrift({ node, target, min, max, policy }: Scaled): readonly DriftRow[] {
  const { name, metric, scaleInCooldown } = policy;
  const says = (text: string) => `autoscaling/scalable-target ${node}${text}`;
  return [
    {
      what: `widens the bounds of ${node}`,
      change: ({ autoscaling }) =>
        autoscaling.send(
          new RegisterScalableTargetCommand({ ...target, MinCapacity: min + 1, MaxCapacity: max + 10 }),
        ),
      says: [
        says(`: minCapacity is ${min + 1}, should be ${min} (availability)`),
        says(`: maxCapacity is ${max + 10}, should be ${max} (cost)`),
      ],
    },
    {
      what: `suspends ${node}`,
      change: ({ autoscaling }) =>
        autoscaling.send(
          new RegisterScalableTargetCommand({
            ...target,
            SuspendedState: { DynamicScalingOutSuspended: true },
          }),
        ),
      says: [says(': suspended.scaleOut is true, should be false (availability)')],
    },
    {
      what: `deletes the policy of ${node}`,
      change: ({ autoscaling }) =>
        autoscaling.send(new DeleteScalingPolicyCommand({ ...target, PolicyName: name })),
      says: [says(`: policies.${name} is absent, should be {*"metric":"${metric}",* (availability)`)],
    },
    {
      what: `has ${node} follow another target, and never scale in`,
      change: ({ autoscaling }) =>
        autoscaling.send(
          new PutScalingPolicyCommand({
            ...target,
            PolicyName: name,
            PolicyType: 'TargetTrackingScaling',
            TargetTrackingScalingPolicyConfiguration: {
              TargetValue: 40,
              PredefinedMetricSpecification: { PredefinedMetricType: metric },
              ScaleInCooldown: scaleInCooldown,
              ScaleOutCooldown: 60,
              DisableScaleIn: true,
            },
          }),
        ),
      says: [
        says(`: policies.${name}.targetValue is 40, should be 70 (availability)`),
        says(`: policies.${name}.disableScaleIn is true, should be false (availability)`),
      ],
      batch: 1,
    },
    {
      what: `ends ${node}`,
      change: ({ autoscaling }) => autoscaling.send(new DeregisterScalableTargetCommand({ ...target })),
      says: [says(` ${missing} (availability)`)],
      batch: 2,
    },
  ];
}
