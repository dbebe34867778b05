import {
  paginateDescribeScalableTargets,
  paginateDescribeScalingPolicies,
  type ScalableTarget,
  type ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import type { Aws } from '../cloud.ts';
import { collect } from '../pages.ts';
import { idOf, keyOf, type Namespace } from './scalable-target-id.ts';

export type TargetWithPolicies = {
  readonly id: string;
  readonly target: ScalableTarget;
  readonly policies: readonly ScalingPolicy[];
};

/** Everything of one service in pages, whoever has it: policies can be asked for by one target at a time only. */
export async function describeNamespace(
  { autoscaling: client }: Aws,
  ServiceNamespace: Namespace,
): Promise<readonly TargetWithPolicies[]> {
  const [targets, policies] = await Promise.all([
    collect(
      paginateDescribeScalableTargets({ client }, { ServiceNamespace }),
      (page) => page.ScalableTargets,
    ),
    collect(
      paginateDescribeScalingPolicies({ client }, { ServiceNamespace }),
      (page) => page.ScalingPolicies,
    ),
  ]);
  const byId = Map.groupBy(policies, idIn);
  return targets.flatMap((target) => {
    const id = idIn(target);
    return id === undefined ? [] : [{ id, target, policies: byId.get(id) ?? [] }];
  });
}

function idIn({ ResourceId, ScalableDimension }: ScalableTarget | ScalingPolicy): string | undefined {
  const key = keyOf(ResourceId ?? '', ScalableDimension ?? '');
  return key && idOf(key);
}
