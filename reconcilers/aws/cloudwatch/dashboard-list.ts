import { paginateListDashboards, type DashboardEntry } from '@aws-sdk/client-cloudwatch';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { collect } from '../pages.ts';
import { dashboardArn } from './arn.ts';
import { bodyOf } from './dashboard-body.ts';
import type { DashboardOutputs, DashboardSpec } from './dashboard-spec.ts';
import { readTags } from './tags.ts';

type ObservedDashboard = Observed<DashboardSpec, DashboardOutputs>;

/**
 * The index of tags does not know dashboards (https://github.com/cloud-custodian/cloud-custodian/issues/11029), so
 * those are asked for their tags whose names begin as the names of an owner's resources do.
 */
export async function listDashboards(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedDashboard[]> {
  const pages = paginateListDashboards({ client: aws.cloudwatch }, {});
  const entries = await collect(pages, (page) => page.DashboardEntries);
  const listed = new Map(entries.map((entry) => [entry.DashboardName ?? '', entry]));
  const names = new Set([...listed.keys()].filter((name) => isPerhapsOf(name, queries)));
  // What was made a moment ago is perhaps not listed yet.
  for (const { known } of queries) for (const name of known.values()) names.add(name);
  const found = await Promise.all([...names].map((name) => observe(aws, name, listed.get(name), queries)));
  return found.flat();
}

function isPerhapsOf(dashboard: string, queries: readonly OwnerQuery[]): boolean {
  return queries.some(({ owner, names }) => {
    const [, namespace = '', name = ''] = owner.split('/');
    return dashboard.startsWith(`${namespace}-${name}-`) || [...names.values()].includes(dashboard);
  });
}

/** Nothing if it goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  name: string,
  entry: DashboardEntry | undefined,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedDashboard[]> {
  const arn = dashboardArn(aws, name);
  try {
    const tags = await readTags(aws, arn);
    const claims = claimsOn(name, tags, queries);
    if (claims.length === 0) return [];
    const body = await bodyOf(aws, name, entry);
    return claims.map((claim) => ({
      ...claim,
      id: name,
      state: 'ready',
      spec: { name, body },
      outputs: { arn, name },
      tags,
    }));
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}
