import { ListBucketsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { readAwsState, type AwsState } from '../aws-state.ts';
import type { Clients } from '../clients.ts';
import type { DataState } from '../data-state/resources.ts';
import { readDataState } from '../data-state/state.ts';
import type { EmulatorControls } from '../emulator/emulator-api.ts';
import { readNetworkState, type NetworkState } from '../network-state.ts';
import { withoutChoiceOfWriter } from './cluster-roles.ts';
import { credentialsInForce } from './credentials-in-force.ts';

/** Everything in the account, and how many versions each object has: one that was put twice has two. */
export type Account = AwsState & {
  readonly versions: Readonly<Record<string, number>>;
  readonly network: NetworkState;
  readonly data: DataState;
  readonly credentials: Readonly<Record<string, string>>;
};

/** Where an account is looked at, from outside and from inside. */
export type AccountAccess = { readonly clients: Clients; readonly emulator: EmulatorControls };

export async function readAccount({ clients, emulator }: AccountAccess): Promise<Account> {
  const [state, versions, network, data, credentials] = await Promise.all([
    readAwsState(clients),
    versionsOf(clients),
    readNetworkState(clients),
    readDataState(clients),
    credentialsInForce(clients, emulator),
  ]);
  return { ...state, versions, network, data: withoutChoiceOfWriter(data), credentials };
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
