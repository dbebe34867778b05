import { readAwsState } from '../aws-state.ts';
import type { Clients } from '../clients.ts';
import { comparable } from '../data-state/comparable.ts';
import { namesOf } from '../data-state/names.ts';
import type { DataState } from '../data-state/resources.ts';
import { targetsOf } from '../data-state/scalable-targets.ts';
import { secretsOf } from '../data-state/secrets.ts';
import { alarmsOf } from './alarms.ts';
import { clustersAndServicesOf } from './clusters-and-services.ts';
import { dashboardsOf } from './dashboards.ts';
import { loadBalancersOf } from './load-balancers.ts';
import { logGroupsOf } from './log-groups.ts';
import { repositoriesOf } from './repositories.ts';
import { targetGroupsOf } from './target-groups.ts';
import { taskDefinitionsOf } from './task-definitions.ts';
import { topicsOf } from './topics.ts';
import { webAclsOf } from './web-acls.ts';

/** By type and name. */
export type ServiceState = DataState;

/** A program is called with its words in their order, and a dashboard names metrics by theirs. */
const withOrder: ReadonlySet<string> = new Set(['command', 'entryPoint', 'DashboardBody']);

/**
 * Everything in an account that a service can have, but for its network and its database, in AWS's own words, without
 * what differs each time: in the place of ids stand names.
 */
export async function readServiceState(clients: Clients): Promise<ServiceState> {
  const [names, account, targets, ...parts] = await Promise.all([
    namesOf(clients),
    readAwsState(clients),
    scalingOf(clients),
    secretsOf(clients),
    loadBalancersOf(clients),
    targetGroupsOf(clients),
    webAclsOf(clients),
    repositoriesOf(clients),
    clustersAndServicesOf(clients),
    taskDefinitionsOf(clients),
    logGroupsOf(clients),
    alarmsOf(clients),
    dashboardsOf(clients),
    topicsOf(clients),
  ]);
  const state: DataState = Object.assign({ ...account, ...targets }, ...parts);
  return comparable(state, { names, withOrder });
}

/** Not of tables and databases. */
async function scalingOf(clients: Clients): Promise<DataState> {
  const { scalableTargets = {} } = await targetsOf(clients);
  const ofServices = Object.entries(scalableTargets).filter(([name]) => name.startsWith('ecs:'));
  return { scalableTargets: Object.fromEntries(ofServices) };
}
