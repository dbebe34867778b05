import type { Input } from '../../../controller/engine/ref.ts';
import { statisticOf, webAclMetrics } from '../metric-source.ts';
import type { WafSpec } from '../spec.ts';
import { above, inARow, type AlarmDefinition } from './definition.ts';

/** Unusual is more than the web ACL lets through of one address at all: somebody who tries on, or a rule gone wrong. */
export function webAclAlarms(
  { rateLimitPer5Min }: WafSpec,
  metricName: Input<string>,
  region: string,
): readonly AlarmDefinition[] {
  return [
    {
      name: 'blocked-requests',
      meaning: `The web ACL blocks more than ${rateLimitPer5Min} requests in five minutes.`,
      lookAt: 'its sampled requests: an attack, or a rule that blocks those who should get through',
      metric: {
        kind: 'metric',
        ...statisticOf(webAclMetrics(metricName, region), 'BlockedRequests', 'Sum', 300),
      },
      ...above(rateLimitPer5Min),
      ...inARow(1),
      treatMissingData: 'notBreaching',
    },
  ];
}
