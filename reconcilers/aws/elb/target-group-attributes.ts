import {
  DescribeTargetGroupAttributesCommand,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Aws } from '../cloud.ts';
import { readAttributes, toAttributes } from './attributes.ts';
import type { TargetGroupSpec } from './target-group-spec.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
const KEYS = {
  deregistrationDelaySeconds: 'deregistration_delay.timeout_seconds',
  stickiness: 'stickiness.enabled',
  algorithm: 'load_balancing.algorithm.type',
  slowStartSeconds: 'slow_start.duration_seconds',
} as const;

type Routing = Pick<TargetGroupSpec, keyof typeof KEYS>;

export async function describeRouting({ elb }: Aws, TargetGroupArn: string): Promise<Routing> {
  const found = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
  const attributes = readAttributes(found.Attributes);
  return {
    deregistrationDelaySeconds: attributes.number(KEYS.deregistrationDelaySeconds) ?? 300,
    stickiness: attributes.flag(KEYS.stickiness) ?? false,
    algorithm: attributes.text(KEYS.algorithm) ?? 'round_robin',
    slowStartSeconds: attributes.number(KEYS.slowStartSeconds) ?? 0,
  };
}

/** All of them: slow start and the algorithm are only allowed in some combinations, and are changed together. */
export async function writeRouting({ elb }: Aws, TargetGroupArn: string, wanted: Routing): Promise<void> {
  const { deregistrationDelaySeconds, stickiness, algorithm, slowStartSeconds } = wanted;
  const Attributes = toAttributes({
    [KEYS.deregistrationDelaySeconds]: deregistrationDelaySeconds,
    [KEYS.stickiness]: stickiness,
    ...(stickiness ? { 'stickiness.type': 'lb_cookie' } : {}),
    [KEYS.algorithm]: algorithm,
    [KEYS.slowStartSeconds]: slowStartSeconds,
  });
  await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
}

export function isRouting(field: string): boolean {
  return field in KEYS;
}
