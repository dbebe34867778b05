/**
 * `app/<name>/<id>` of a load balancer, `targetgroup/<name>/<id>` of a target group: what their metrics call them.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function fullNameIn(arn: string): string {
  const [, , , , , resource = ''] = arn.split(':');
  return resource.replace(/^loadbalancer\//, '');
}

/** The ARN of a listener holds that of its load balancer. */
export function loadBalancerOf(listenerArn: string): string {
  return listenerArn.replace(':listener/', ':loadbalancer/').replace(/\/[^/]*$/, '');
}
