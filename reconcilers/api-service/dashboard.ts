import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import type { AlarmOutputs } from '../aws/cloudwatch/alarm-spec.ts';
import type { DashboardOutputs } from '../aws/cloudwatch/dashboard-spec.ts';
import { Dashboard } from '../aws/cloudwatch/dashboard.ts';
import { cacheRows } from './dashboard/cache.ts';
import { computeRows } from './dashboard/compute.ts';
import { databaseRows } from './dashboard/database.ts';
import { arrange, type Row } from './dashboard/layout.ts';
import { requestRows, webAclRows } from './dashboard/requests.ts';
import { alarmStates, logTable } from './dashboard/widgets.ts';
import type { ApiServiceSpec } from './spec.ts';
import type { Watched } from './watched.ts';

/** One page on which whoever is woken sees what is wrong, from the outside to the inside. */
export function addDashboard(
  graph: Graph<Aws>,
  spec: ApiServiceSpec,
  watched: Watched,
  alarms: readonly NodeHandle<AlarmOutputs>[],
): NodeHandle<DashboardOutputs> {
  const { region } = graph.place;
  const { ingress, webAcl, database } = watched;
  const rows = [
    title(graph),
    { height: 5, contents: [alarmStates(alarms.map((alarm) => alarm.ref('arn')))] },
    ...(ingress === undefined ? [] : requestRows(region, spec, ingress)),
    ...computeRows(region, spec, watched),
    ...(database === undefined ? [] : databaseRows(region, database)),
    ...(database?.cache === undefined ? [] : cacheRows(region, database.cache)),
    ...(webAcl === undefined ? [] : webAclRows(region, webAcl)),
    { height: 8, contents: [recentErrors(region, watched)] },
  ];
  return graph.add(Dashboard, 'dashboard', {
    name: graph.nameOf('dashboard'),
    body: {
      start: '-PT3H',
      // Counts stay those of a minute, and comparable with the alarms, whatever time is looked at.
      periodOverride: 'inherit',
      widgets: arrange(rows),
    },
  });
}

/** As AWS advises for what no person makes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
function title({ object: { namespace, name } }: Graph<Aws>): Row {
  const markdown = [
    `# ${namespace}/${name}`,
    `The ApiService **${name}** of **${namespace}**. Its controller makes this page, and changes back what is changed here.`,
  ].join('\n');
  return { height: 2, contents: [{ type: 'text', properties: { markdown } }] };
}

function recentErrors(region: string, { logGroupName }: Watched) {
  return logTable(region, 'Recent errors', {
    logGroupName,
    query: [
      'fields @timestamp, @logStream, @message',
      'filter @message like /ERROR/',
      'sort @timestamp desc',
      'limit 20',
    ],
  });
}
