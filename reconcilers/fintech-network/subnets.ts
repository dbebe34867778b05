import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { Subnet } from '../aws/ec2/subnet/subnet.ts';
import type { SubnetOutputs } from '../aws/ec2/subnet/subnet-spec.ts';
import type { VpcOutputs } from '../aws/ec2/vpc/vpc-spec.ts';
import type { NetworkAcls } from './network-acls.ts';
import type { Tier } from './spec.ts';
import type { Zone } from './zones.ts';

export type TierSubnet = {
  readonly zone: string;
  readonly cidr: string;
  readonly node: NodeHandle<SubnetOutputs>;
};

/** The subnets of each tier, in the order of their zones' names. */
export type Subnets = Readonly<Record<Tier, readonly TierSubnet[]>>;

/** A subnet in each zone for each tier. Nothing in them gets a public address without asking for it. */
export function addSubnets(
  graph: Graph<Aws>,
  zones: readonly Zone[],
  vpc: NodeHandle<VpcOutputs>,
  acls: NetworkAcls,
): Subnets {
  const subnetsOf = (tier: Tier): readonly TierSubnet[] =>
    zones.map(({ name: zone, cidrs }) => {
      const cidr = cidrs[tier];
      const node = graph.add(Subnet, `${tier}-${zone}`, {
        vpcId: vpc.ref('vpcId'),
        availabilityZone: zone,
        cidrBlock: cidr,
        mapPublicIpOnLaunch: false,
        networkAclId: acls?.[tier].ref('networkAclId') ?? 'default',
      });
      return { zone, cidr, node };
    });
  return { public: subnetsOf('public'), app: subnetsOf('app'), data: subnetsOf('data') };
}

export function idsOf(subnets: readonly TierSubnet[]) {
  return subnets.map(({ node }) => node.ref('subnetId'));
}
