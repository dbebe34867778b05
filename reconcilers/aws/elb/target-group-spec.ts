import type { ProtocolEnum, TargetTypeEnum } from '@aws-sdk/client-elastic-load-balancing-v2';

/**
 * Where a listener forwards to. AWS changes neither protocol, port, VPC nor target type: a kind puts them into the id
 * of the node, and so into the name, so that a successor stands before the old one goes.
 */
export type TargetGroupSpec = {
  /** Unique in account and region, at most 32 characters: `elbNameOf` makes one of a longer name. */
  readonly name: string;
  /** `HTTP` or `HTTPS`. */
  readonly protocol: ProtocolEnum;
  readonly port: number;
  readonly vpcId: string;
  /** `ip` for tasks with network interfaces of their own. */
  readonly targetType: TargetTypeEnum;
  readonly healthCheck: TargetHealthCheck;
  readonly deregistrationDelaySeconds: number;
  /** Keeps a client at one target, by a cookie of the load balancer. */
  readonly stickiness: boolean;
  /** `round_robin`, `least_outstanding_requests` or `weighted_random`. */
  readonly algorithm: string;
  /** In which a new target gets more requests little by little; 0 for none. */
  readonly slowStartSeconds: number;
};

export type TargetHealthCheck = {
  readonly protocol: ProtocolEnum;
  /** A number, or `traffic-port`. */
  readonly port: string;
  readonly path: string;
  readonly intervalSeconds: number;
  /** Less than the interval. */
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** HTTP status codes of success: `200`, `200,202` or `200-299`. */
  readonly successCodes: string;
};

export type TargetGroupOutputs = {
  readonly arn: string;
  readonly name: string;
  /** `targetgroup/<name>/<id>`, as metrics have it. */
  readonly fullName: string;
};
