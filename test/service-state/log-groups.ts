import {
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
  type LogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { byName, without, type DataState } from '../data-state/resources.ts';

export async function logGroupsOf({ logs }: Clients): Promise<DataState> {
  const groups = await collect(paginateDescribeLogGroups({ client: logs }, {}), (page) => page.logGroups);
  const found = await Promise.all(groups.map((group) => groupOf(logs, group)));
  return { logGroups: byName(found, ({ logGroupName }) => logGroupName) };
}

async function groupOf(logs: Clients['logs'], group: LogGroup) {
  const resourceArn = group.logGroupArn ?? group.arn?.replace(/:\*$/, '');
  const { tags = {} } = await logs.send(new ListTagsForResourceCommand({ resourceArn }));
  return { ...without(group, 'arn', 'logGroupArn', 'creationTime', 'storedBytes'), Tags: tags };
}
