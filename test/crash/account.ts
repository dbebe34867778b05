import { ListBucketsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { readAwsState, type AwsState, type Clients } from '../aws-state.ts';
import { readNetworkState, type NetworkState } from '../network-state.ts';

/** Everything in the account, and how many versions each object has: one that was put twice has two. */
export type Account = AwsState & {
  readonly versions: Readonly<Record<string, number>>;
  readonly network: NetworkState;
};

export async function readAccount(clients: Clients): Promise<Account> {
  const [state, versions, network] = await Promise.all([
    readAwsState(clients),
    versionsOf(clients),
    readNetworkState(clients),
  ]);
  return { ...state, versions, network };
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
