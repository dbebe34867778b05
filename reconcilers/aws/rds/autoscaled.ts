/**
 * Readers that Application Auto Scaling adds to a cluster are nobody's nodes, even if AWS copies the tags of another
 * instance to them: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 */
export function isAutoscaled(identifier: string): boolean {
  return identifier.startsWith('application-autoscaling-');
}
