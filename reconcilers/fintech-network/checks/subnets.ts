import type { SpecFault } from '../../../controller/engine/kind.ts';
import { contains, overlap, parseCidr, type Network } from '../cidr.ts';
import { tiers, type FintechNetworkSpec, type Tier } from '../spec.ts';

type Path = readonly (string | number)[];

/** Networks with where they stand in the spec. */
type Placed = { readonly path: Path; readonly network: Network };

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html and subnet-sizing.html */
const largest = 16;
const smallest = 28;

/** The VPC and its subnets: each a network, of a size that AWS takes, one subnet per zone, inside and apart. */
export function checkSubnets(spec: FintechNetworkSpec): readonly SpecFault[] {
  const vpc = parseCidr(spec.cidr);
  const faults: SpecFault[] = [...faultOf(vpc, ['cidr']), ...counts(spec)];
  const before: Placed[] = [];
  for (const { cidr, path } of subnetsOf(spec)) {
    const subnet = parseCidr(cidr);
    faults.push(...faultOf(subnet, path));
    if ('fault' in subnet) continue;
    const placed = { path, network: subnet };
    faults.push(...('fault' in vpc ? [] : outside(placed, vpc)), ...overlapping(placed, before));
    before.push(placed);
  }
  return faults;
}

function subnetsOf({ subnets }: FintechNetworkSpec) {
  return tiers.flatMap((tier) =>
    subnets[tier].map((cidr, index) => ({ cidr, path: ['subnets', tier, index] as const })),
  );
}

function faultOf(network: Network | { readonly fault: string }, path: Path): readonly SpecFault[] {
  if ('fault' in network) return [{ path, message: network.fault }];
  const { cidr, prefix } = network;
  if (prefix < largest)
    return [{ path, message: `${cidr} is too large: AWS takes /${largest} to /${smallest}` }];
  if (prefix > smallest)
    return [{ path, message: `${cidr} is too small: AWS takes /${largest} to /${smallest}` }];
  return [];
}

function outside({ path, network }: Placed, vpc: Network): readonly SpecFault[] {
  if (contains(vpc, network)) return [];
  return [{ path, message: `${network.cidr} is not inside the network's cidr ${vpc.cidr}` }];
}

function overlapping({ path, network }: Placed, before: readonly Placed[]): readonly SpecFault[] {
  const other = before.find((placed) => overlap(placed.network, network));
  if (other === undefined) return [];
  const [, tier, index] = other.path;
  const where = `subnets.${tier}[${index}]`;
  return [{ path, message: `${network.cidr} overlaps ${other.network.cidr} of ${where}` }];
}

function counts({ availabilityZones, subnets }: FintechNetworkSpec): readonly SpecFault[] {
  const zones = availabilityZones.length;
  const fault = (tier: Tier): SpecFault => ({
    path: ['subnets', tier],
    message: `has ${subnets[tier].length} CIDRs for ${zones} availability zones; give one for each, in their order`,
  });
  return tiers.filter((tier) => subnets[tier].length !== zones).map(fault);
}
