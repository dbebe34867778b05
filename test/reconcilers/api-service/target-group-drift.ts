import {
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RemoveTagsCommand,
  type ModifyTargetGroupCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { DriftRow } from '../drift-row.ts';
import { targetGroup } from './names-in-aws.ts';

const node = 'elb/target-group target-group-public';

/** Where requests go, and how it is found out whether they can. */
export const targetGroupDrift: readonly DriftRow[] = [
  settingsRow(
    'asks for another path, and takes every answer',
    { HealthCheckPath: '/', Matcher: { HttpCode: '200-499' } },
    [
      'healthCheck.path is /, should be /health (availability)',
      'healthCheck.successCodes is 200-499, should be 200 (availability)',
    ],
  ),
  settingsRow(
    'is patient with tasks that do not answer',
    {
      HealthCheckIntervalSeconds: 300,
      HealthCheckTimeoutSeconds: 60,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 10,
    },
    [
      'healthCheck.intervalSeconds is 300, should be 30 (availability)',
      'healthCheck.timeoutSeconds is 60, should be 5 (availability)',
      'healthCheck.healthyThreshold is 5, should be 2 (availability)',
      'healthCheck.unhealthyThreshold is 10, should be 3 (availability)',
    ],
  ),
  settingsRow('asks on another port', { HealthCheckPort: '9999' }, [
    'healthCheck.port is 9999, should be traffic-port (availability)',
  ]),
  attributeRow(
    'leaves tasks no time to answer what they have',
    { 'deregistration_delay.timeout_seconds': '0' },
    ['deregistrationDelaySeconds is 0, should be 30 (availability)'],
  ),
  attributeRow(
    'keeps clients at one task',
    { 'stickiness.enabled': 'true', 'stickiness.type': 'lb_cookie' },
    ['stickiness is true, should be false (availability)'],
  ),
  attributeRow('chooses tasks otherwise', { 'load_balancing.algorithm.type': 'least_outstanding_requests' }, [
    'algorithm is least_outstanding_requests, should be round_robin (availability)',
  ]),
  {
    ...attributeRow('lets new tasks begin slowly', { 'slow_start.duration_seconds': '900' }, [
      'slowStartSeconds is 900, should be 0 (availability)',
    ]),
    batch: 1,
  },
  {
    what: 'takes a tag from the target group',
    change: async (clients) => {
      const ResourceArns = [await targetGroup(clients)];
      return clients.elb.send(new RemoveTagsCommand({ ResourceArns, TagKeys: ['Environment'] }));
    },
    says: [`${node}: tags.Environment is absent, should be Production (cost)`],
  },
];

function settingsRow(
  what: string,
  change: Partial<ModifyTargetGroupCommandInput>,
  texts: readonly string[],
): DriftRow {
  return {
    what,
    change: async (clients) => {
      const TargetGroupArn = await targetGroup(clients);
      return clients.elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, ...change }));
    },
    says: texts.map((text) => `${node}: ${text}`),
  };
}

function attributeRow(
  what: string,
  attributes: Readonly<Record<string, string>>,
  texts: readonly string[],
): DriftRow {
  return {
    what,
    change: async (clients) => {
      const TargetGroupArn = await targetGroup(clients);
      const Attributes = Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
      return clients.elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
    },
    says: texts.map((text) => `${node}: ${text}`),
  };
}
