import { ListBucketsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { AwsState } from '../aws-state.ts';
import type { Clients } from '../clients.ts';
import type { DataState } from '../data-state/resources.ts';
import { readDataState } from '../data-state/state.ts';
import type { EmulatorControls } from '../emulator/emulator-api.ts';
import { readNetworkState, type NetworkState } from '../network-state.ts';
import { readServiceState, type ServiceState } from '../service-state/state.ts';
import { withoutChoiceOfWriter } from './cluster-roles.ts';
import { credentialsInForce } from './credentials-in-force.ts';
import { deploymentsOf, type Deployments } from './deployments.ts';
import { oneLook } from './one-look.ts';

/** Everything in the account, and how many versions each object has: one that was put twice has two. */
export type Account = AwsState & {
  readonly versions: Readonly<Record<string, number>>;
  readonly network: NetworkState;
  readonly data: DataState;
  readonly service: ServiceState;
  readonly deployments: Deployments;
  readonly credentials: Readonly<Record<string, string>>;
};

/** Where an account is looked at, from outside and from inside. */
export type AccountAccess = { readonly clients: Clients; readonly emulator: EmulatorControls };

export async function readAccount({ clients: all, emulator }: AccountAccess): Promise<Account> {
  const clients = oneLook(all);
  const [state, versions, network, data, deployments, credentials] = await Promise.all([
    readServiceState(clients),
    versionsOf(clients),
    readNetworkState(clients),
    readDataState(clients),
    deploymentsOf(clients),
    credentialsInForce(clients, emulator),
  ]);
  const { buckets = {}, keys = {}, roles = {}, others = {}, ...service } = state;
  return {
    buckets,
    keys,
    roles,
    others,
    versions,
    network,
    data: withoutChoiceOfWriter(data),
    service,
    deployments,
    credentials,
  };
}

async function versionsOf({ s3 }: Clients): Promise<Readonly<Record<string, number>>> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const counts: Record<string, number> = {};
  for (const { Name: Bucket = '' } of Buckets.toSorted(byName)) {
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    for (const { Key = '' } of Versions) {
      // Access logs have the time in their names, and are as many as there were requests.
      if (Key.startsWith('access-logs/')) continue;
      const name = `${Bucket}/${Key}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}

function byName(one: { readonly Name?: string | undefined }, other: { readonly Name?: string | undefined }) {
  return (one.Name ?? '') < (other.Name ?? '') ? -1 : 1;
}
