/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
export type Dimension =
  | 'dynamodb:index:ReadCapacityUnits'
  | 'dynamodb:index:WriteCapacityUnits'
  | 'dynamodb:table:ReadCapacityUnits'
  | 'dynamodb:table:WriteCapacityUnits'
  | 'ecs:service:DesiredCount'
  | 'rds:cluster:ReadReplicaCount';

/** What is scaled between two bounds, and the policies that say when. */
export type ScalableTargetSpec = {
  /** `cluster:ledger`, `table/sessions`, `table/sessions/index/by-user`, `service/<cluster>/<service>`. */
  readonly resourceId: string;
  readonly dimension: Dimension;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly suspended: Suspended;
  /** By name. */
  readonly policies: Readonly<Record<string, TargetTracking>>;
};

export type Suspended = {
  readonly scaleIn: boolean;
  readonly scaleOut: boolean;
  readonly scheduled: boolean;
};

export type TargetTracking = {
  /** A predefined metric, as `RDSReaderAverageCPUUtilization`; what is observed may be a policy of another sort. */
  readonly metric: string;
  /** Of `ALBRequestCountPerTarget` only: `app/<load balancer>/<id>/targetgroup/<target group>/<id>`. */
  readonly resourceLabel?: string;
  readonly targetValue: number;
  /** In seconds. */
  readonly scaleInCooldown: number;
  readonly scaleOutCooldown: number;
  readonly disableScaleIn: boolean;
};

export type ScalableTargetOutputs = {
  readonly arn: string;
  readonly resourceId: string;
};
