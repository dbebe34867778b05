import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import type { Aws } from '../../cloud.ts';

export type SubnetMove = { readonly AddSubnetIds?: string[]; readonly RemoveSubnetIds?: string[] };

/**
 * The steps, one call each, in which an interface endpoint moves to other subnets. It is in the new ones before it
 * leaves the old ones, except where both are in the same zone: it takes one subnet of each
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html).
 */
export async function subnetMoves(
  aws: Aws,
  current: readonly string[],
  wanted: readonly string[],
): Promise<readonly SubnetMove[]> {
  const added = wanted.filter((id) => !current.includes(id));
  const removed = current.filter((id) => !wanted.includes(id));
  const inTheWay = await subnetsInZonesOf(aws, added, removed);
  const rest = removed.filter((id) => !inTheWay.includes(id));
  return [
    ...(inTheWay.length === 0 ? [] : [{ RemoveSubnetIds: inTheWay }]),
    ...(added.length === 0 ? [] : [{ AddSubnetIds: added }]),
    ...(rest.length === 0 ? [] : [{ RemoveSubnetIds: rest }]),
  ];
}

/** Those of the removed subnets that are in the zone of an added one. */
async function subnetsInZonesOf(
  { ec2 }: Aws,
  added: readonly string[],
  removed: readonly string[],
): Promise<string[]> {
  if (added.length === 0 || removed.length === 0) return [];
  const Filters = [{ Name: 'subnet-id', Values: [...added, ...removed] }];
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  const zones = new Map(Subnets.map(({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone]));
  const taken = new Set(added.map((id) => zones.get(id)));
  return removed.filter((id) => taken.has(zones.get(id)));
}
