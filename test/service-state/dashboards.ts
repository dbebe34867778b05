import {
  GetDashboardCommand,
  ListTagsForResourceCommand,
  paginateListDashboards,
} from '@aws-sdk/client-cloudwatch';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { byName, type DataState } from '../data-state/resources.ts';
import { pairsIn } from './pairs.ts';
import { parsed } from './parsed.ts';

export async function dashboardsOf({ cloudwatch }: Clients): Promise<DataState> {
  const pages = paginateListDashboards({ client: cloudwatch }, {});
  const entries = await collect(pages, (page) => page.DashboardEntries);
  const found = await Promise.all(
    entries.map(async ({ DashboardName, DashboardArn: ResourceARN }) => {
      const [{ DashboardBody }, { Tags }] = await Promise.all([
        cloudwatch.send(new GetDashboardCommand({ DashboardName })),
        cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN })),
      ]);
      return { DashboardName, DashboardBody: parsed(DashboardBody), Tags: pairsIn(Tags) };
    }),
  );
  return { dashboards: byName(found, ({ DashboardName }) => DashboardName) };
}
