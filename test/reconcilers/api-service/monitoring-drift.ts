import {
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  UntagResourceCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import {
  AssociateKmsKeyCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  PutRetentionPolicyCommand,
  UntagResourceCommand as UntagLogGroupCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from '../../clients.ts';
import { keyId } from '../ledger-database/names-in-aws.ts';
import { missing, type DriftRow } from '../drift-row.ts';
import { arnOf, named } from './names-in-aws.ts';

const DashboardName = named('dashboard');
const logGroupName = '/ecs/production/fintech-api';
const topic = arnOf('sns', 'fintech-alerts');
const dashboard = 'cloudwatch/dashboard dashboard';
const logs = 'logs/log-group logs';

/** What tells somebody. */
export const alarmDrift: readonly DriftRow[] = [
  alarmRow('lets requests take a minute', 'latency', { Threshold: 60 }, [
    'threshold is 60, should be 2 (availability)',
  ]),
  alarmRow('hears of errors an hour later', 'target-5xx', { EvaluationPeriods: 60, DatapointsToAlarm: 60 }, [
    'evaluationPeriods is 60, should be 3 (availability)',
    'datapointsToAlarm is 60, should be 2 (availability)',
  ]),
  alarmRow('adds up the errors of an hour', 'load-balancer-5xx', { Period: 3600 }, [
    'metric.period is 3600, should be 60 (availability)',
  ]),
  alarmRow('watches other tasks', 'cpu', { Dimensions: [{ Name: 'ClusterName', Value: 'theirs' }] }, [
    `metric.dimensions.ClusterName is theirs, should be ${named('cluster')} (availability)`,
    `metric.dimensions.ServiceName is absent, should be ${named('service')} (availability)`,
  ]),
  alarmRow('takes no tasks for enough tasks', 'healthy-hosts', { TreatMissingData: 'notBreaching' }, [
    'treatMissingData is notBreaching, should be breaching (availability)',
  ]),
  alarmRow(
    'wants to hear of few connections, and not of many',
    'rejected-connections',
    { ComparisonOperator: 'LessThanThreshold', AlarmDescription: 'mine' },
    [
      'comparison is LessThanThreshold, should be GreaterThanThreshold (availability)',
      'description is mine, should be production/fintech-api: * (cosmetic)',
    ],
  ),
  alarmRow('has nobody told', 'memory', { AlarmActions: [], OKActions: [] }, [
    `alarmActions is [], should be ["${topic}"] (availability)`,
    `okActions is [], should be ["${topic}"] (availability)`,
  ]),
  {
    what: 'mutes an alarm',
    change: ({ cloudwatch }) =>
      cloudwatch.send(new DisableAlarmActionsCommand({ AlarmNames: [alarm('running-tasks')] })),
    says: [says('running-tasks', ': actionsEnabled is false, should be true (availability)')],
  },
  {
    what: 'deletes two alarms',
    change: ({ cloudwatch }) => {
      const AlarmNames = [alarm('database-cpu'), alarm('cache-memory')];
      return cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames }));
    },
    says: [
      says('database-cpu', ` ${missing} (availability)`),
      says('cache-memory', ` ${missing} (availability)`),
    ],
    // What the dashboard is to show of them is not known as long as they are missing.
    batch: 2,
  },
  {
    what: 'takes a tag from an alarm',
    change: ({ cloudwatch }) => {
      const ResourceARN = arnOf('cloudwatch', `alarm:${alarm('unhealthy-hosts')}`);
      return cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['Environment'] }));
    },
    says: [says('unhealthy-hosts', ': tags.Environment is absent, should be Production (cost)')],
  },
];

/** What people look at. */
export const dashboardDrift: readonly DriftRow[] = [
  {
    what: 'changes the dashboard',
    change: ({ cloudwatch }) => {
      const widgets = [{ type: 'text', x: 0, y: 0, width: 6, height: 2, properties: { markdown: 'mine' } }];
      const DashboardBody = JSON.stringify({ widgets });
      return cloudwatch.send(new PutDashboardCommand({ DashboardName, DashboardBody }));
    },
    says: [
      `${dashboard}: body.widgets is [*"mine"*], should be [* (cosmetic)`,
      `${dashboard}: body.start is absent, should be -PT3H (cosmetic)`,
      `${dashboard}: body.periodOverride is absent, should be inherit (cosmetic)`,
    ],
  },
  {
    what: 'deletes the dashboard',
    change: ({ cloudwatch }) =>
      cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: [DashboardName] })),
    says: [`${dashboard} ${missing} (cosmetic)`],
    batch: 1,
  },
];

/** What the containers write. */
export const logGroupDrift: readonly DriftRow[] = [
  {
    what: 'keeps the logs for a day',
    change: ({ logs: client }) =>
      client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 })),
    says: [`${logs}: retentionDays is 1, should be 90 (security)`],
  },
  {
    what: 'keeps the logs for ever',
    change: ({ logs: client }) => client.send(new DeleteRetentionPolicyCommand({ logGroupName })),
    says: [`${logs}: retentionDays is absent, should be 90 (security)`],
    batch: 1,
  },
  {
    what: 'encrypts the logs with the key of the database',
    change: async (clients) => {
      const kmsKeyId = arnOf('kms', `key/${await keyId(clients)}`);
      return clients.logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId }));
    },
    says: [`${logs}: kmsKeyArn is arn:aws:kms:*, should be absent (security)`],
  },
  {
    what: 'takes a tag from the log group',
    change: ({ logs: client }) => {
      const resourceArn = arnOf('logs', `log-group:${logGroupName}`);
      return client.send(new UntagLogGroupCommand({ resourceArn, tagKeys: ['Environment'] }));
    },
    says: [`${logs}: tags.Environment is absent, should be Production (cost)`],
  },
  {
    what: 'deletes the log group',
    change: ({ logs: client }) => client.send(new DeleteLogGroupCommand({ logGroupName })),
    says: [`${logs} ${missing} (security)`],
    batch: 2,
  },
];

function alarm(name: string): string {
  return named(`alarm-${name}`);
}

function says(name: string, text: string): string {
  return `cloudwatch/alarm alarm-${name}${text}`;
}

function alarmRow(
  what: string,
  name: string,
  change: Partial<PutMetricAlarmCommandInput>,
  texts: readonly string[],
): DriftRow {
  return {
    what,
    change: (clients) => put(clients, alarm(name), change),
    says: texts.map((text) => says(name, `: ${text}`)),
  };
}

/** As the console does it, which writes back what it has read. */
async function put(
  { cloudwatch }: Clients,
  AlarmName: string,
  change: Partial<PutMetricAlarmCommandInput>,
): Promise<void> {
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
  const [found] = MetricAlarms;
  if (found === undefined) throw new Error(`there is no alarm ${AlarmName}`);
  const { EvaluationPeriods, ComparisonOperator, Metrics = [], ...settings } = found;
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      ...settings,
      ...(Metrics.length > 0 && { Metrics }),
      AlarmName,
      EvaluationPeriods,
      ComparisonOperator,
      ...change,
    }),
  );
}
