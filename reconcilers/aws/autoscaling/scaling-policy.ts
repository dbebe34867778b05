import {
  DeleteScalingPolicyCommand,
  MetricType,
  PutScalingPolicyCommand,
  type ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import { same } from '../../../controller/engine/compare.ts';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { parametersOf, type TargetKey } from './scalable-target-id.ts';
import type { ScalableTargetSpec, TargetTracking } from './scalable-target-spec.ts';

type Policies = ScalableTargetSpec['policies'];

/**
 * Makes the policies of a target those that are wanted. New ones come before old ones go, so that there is no
 * moment without any. Their alarms are made and removed by AWS.
 */
export async function writePolicies(
  aws: Aws,
  key: TargetKey,
  wanted: Policies,
  actual: Policies,
): Promise<void> {
  for (const [name, policy] of Object.entries(wanted))
    if (!same(policy, actual[name])) await putPolicy(aws, key, name, policy);
  for (const name of Object.keys(actual)) if (!(name in wanted)) await deletePolicy(aws, key, name);
}

async function putPolicy({ autoscaling }: Aws, key: TargetKey, name: string, policy: TargetTracking) {
  await autoscaling.send(
    new PutScalingPolicyCommand({
      ...parametersOf(key),
      PolicyName: name,
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: policy.targetValue,
        PredefinedMetricSpecification: {
          PredefinedMetricType: metricNamed(policy.metric),
          ResourceLabel: policy.resourceLabel,
        },
        ScaleInCooldown: policy.scaleInCooldown,
        ScaleOutCooldown: policy.scaleOutCooldown,
        DisableScaleIn: policy.disableScaleIn,
      },
    }),
  );
}

async function deletePolicy({ autoscaling }: Aws, key: TargetKey, PolicyName: string): Promise<void> {
  await ifThere(autoscaling.send(new DeleteScalingPolicyCommand({ ...parametersOf(key), PolicyName })));
}

function metricNamed(name: string): MetricType {
  const metric = Object.values(MetricType).find((known) => known === name);
  if (metric === undefined)
    throw new Terminal('InvalidSpec', `cannot follow ${name}: it is no predefined metric`);
  return metric;
}

/** Policies of other sorts, which somebody else made, are told by their sort in place of a metric. */
export function policyOf({
  PolicyType,
  TargetTrackingScalingPolicyConfiguration: found,
}: ScalingPolicy): TargetTracking {
  const { PredefinedMetricType, ResourceLabel } = found?.PredefinedMetricSpecification ?? {};
  return {
    metric: PredefinedMetricType ?? (found ? 'customized' : (PolicyType ?? '')),
    ...(ResourceLabel === undefined ? {} : { resourceLabel: ResourceLabel }),
    targetValue: found?.TargetValue ?? 0,
    scaleInCooldown: found?.ScaleInCooldown ?? 0,
    scaleOutCooldown: found?.ScaleOutCooldown ?? 0,
    disableScaleIn: found?.DisableScaleIn ?? false,
  };
}
