import { paginateDescribeNetworkInterfaces, type Filter, type NetworkInterface } from '@aws-sdk/client-ec2';
import { NotReady } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { collect } from '../pages.ts';

/** So many are named; whoever removes these sees the rest. */
const NAMED = 5;

/** Ids of what EC2 last refused to remove. */
const refused = new WeakMap<Aws, Set<string>>();

/**
 * What is gone already is as good as removed; what EC2 does not let go yet says what uses it. That may take
 * days: what was refused once is looked at first, so that EC2 is not asked again for what it will refuse again.
 */
export async function removeUnused(
  aws: Aws,
  id: string,
  remove: () => Promise<unknown>,
  users: () => Promise<readonly string[]>,
): Promise<void> {
  const ids = refused.get(aws) ?? new Set<string>();
  refused.set(aws, ids);
  if (ids.has(id)) await checkUnused(users);
  try {
    await ifThere(remove());
    ids.delete(id);
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    ids.add(id);
    await checkUnused(users, error);
    throw error;
  }
}

async function checkUnused(users: () => Promise<readonly string[]>, cause?: NotReady): Promise<void> {
  // Whether it is used EC2 says: trouble with finding out by whom must not hide it.
  const found = await users().catch(() => []);
  if (found.length > 0) throw new NotReady(`is still used by ${someOf(found)}`, { cause });
}

/** The network interfaces of whatever runs there, with what AWS or their owner says about them. */
export async function interfacesIn(aws: Aws, filter: Filter): Promise<readonly string[]> {
  return (await networkInterfaces(aws, filter)).map(textOf);
}

/** Those that the internet can reach, or that reach it, by an address of their own. */
export async function publicInterfacesIn(aws: Aws, filter: Filter): Promise<readonly string[]> {
  const found = await networkInterfaces(aws, filter);
  return found.filter(({ Association }) => Association?.PublicIp !== undefined).map(textOf);
}

/** Interfaces that belong to a gateway or an endpoint, and go with it. */
const OF_GATEWAYS: ReadonlySet<string> = new Set(['nat_gateway', 'vpc_endpoint', 'transit_gateway']);

/** Where an interface is: each can be looked for by its id. */
const places = {
  'subnet-id': ({ SubnetId = '' }: NetworkInterface) => [SubnetId],
  'group-id': ({ Groups = [] }: NetworkInterface) => Groups.map(({ GroupId = '' }) => GroupId),
} as const;

/** What runs in subnets or in security groups, by the ids of these: a task, a database, a load balancer. */
export async function foreignInterfacesIn(
  aws: Aws,
  place: keyof typeof places,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await networkInterfaces(aws, { Name: place, Values: [...ids] });
  const running = found.filter(({ InterfaceType = '' }) => !OF_GATEWAYS.has(InterfaceType));
  return new Map(
    ids.flatMap((id) => {
      const there = running.filter((one) => places[place](one).includes(id));
      return there.length === 0 ? [] : [[id, someOf(there.map(textOf).toSorted())] as const];
    }),
  );
}

async function networkInterfaces({ ec2: client }: Aws, filter: Filter): Promise<readonly NetworkInterface[]> {
  return collect(
    paginateDescribeNetworkInterfaces({ client }, { Filters: [filter] }),
    (page) => page.NetworkInterfaces,
  );
}

function textOf({ NetworkInterfaceId = '', Description = '', Attachment }: NetworkInterface): string {
  const about = Description === '' ? Attachment?.InstanceId : Description;
  return about === undefined ? NetworkInterfaceId : `${NetworkInterfaceId} (${about})`;
}

function someOf(names: readonly string[]): string {
  const more = names.length - NAMED;
  const named = names.slice(0, NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
