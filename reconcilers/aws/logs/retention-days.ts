/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Why logs cannot be kept for so many days; undefined if they can. */
export function retentionFault(days: number): string | undefined {
  if (retentions.includes(days)) return undefined;
  const shorter = retentions.findLast((retention) => retention < days);
  const longer = retentions.find((retention) => retention > days);
  const nearest = [shorter, longer].filter((retention) => retention !== undefined);
  return `CloudWatch Logs does not keep logs for ${days} days; the nearest that it does: ${nearest.join(', ')}`;
}
