import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { allTraffic, tcp } from '../aws/ec2/flow.ts';
import { NetworkAcl } from '../aws/ec2/network-acl/network-acl.ts';
import { allow } from '../aws/ec2/network-acl/network-acl-entry.ts';
import type { NetworkAclOutputs } from '../aws/ec2/network-acl/network-acl-spec.ts';
import type { VpcOutputs } from '../aws/ec2/vpc/vpc-spec.ts';
import { everywhere } from './cidr.ts';
import type { FintechNetworkSpec, Tier } from './spec.ts';
import type { Zone } from './zones.ts';

/** One for each tier, or undefined where the VPC's default network ACL, which lets everything through, is enough. */
export type NetworkAcls = Readonly<Record<Tier, NodeHandle<NetworkAclOutputs>>> | undefined;

type Entries = Readonly<Record<string, string>>;

/** Network ACLs keep no state: the ports that clients receive answers on have to be open. */
const ephemeral = tcp(1024, 65_535);

export function addNetworkAcls(
  graph: Graph<Aws>,
  spec: FintechNetworkSpec,
  zones: readonly Zone[],
  vpc: NodeHandle<VpcOutputs>,
): NetworkAcls {
  if (spec.networkAcls === 'Default') return undefined;
  const add = (tier: Tier, entries: Entries) =>
    graph.add(NetworkAcl, `acl-${tier}`, { vpcId: vpc.ref('vpcId'), entries });
  return {
    public: add('public', publicEntries),
    app: add('app', appEntries(spec)),
    data: add(
      'data',
      dataEntries(
        spec,
        zones.map(({ cidrs }) => cidrs.app),
      ),
    ),
  };
}

/** HTTPS and HTTP from anywhere, and answers to what the load balancer and NAT gateways ask for. */
const publicEntries: Entries = {
  'ingress 100': allow(tcp(443).from(everywhere)),
  'ingress 110': allow(tcp(80).from(everywhere)),
  'ingress 120': allow(ephemeral.from(everywhere)),
  'egress 100': allow(allTraffic().to(everywhere)),
};

/** Everything inside the VPC and from and to networks behind the transit gateway; outside only HTTPS, with its answers. */
function appEntries({ cidr, transitGateway }: FintechNetworkSpec): Entries {
  // A default route through the transit gateway leads to the internet: for that the rules for HTTPS are enough.
  const networks = (transitGateway?.routes ?? []).filter((route) => route !== everywhere).toSorted();
  return {
    'ingress 100': allow(allTraffic().from(cidr)),
    'ingress 110': allow(ephemeral.from(everywhere)),
    ...numbered('ingress', 120, networks, (network) => allow(allTraffic().from(network))),
    'egress 100': allow(allTraffic().to(cidr)),
    'egress 110': allow(tcp(443).to(everywhere)),
    ...numbered('egress', 120, networks, (network) => allow(allTraffic().to(network))),
  };
}

/** The ports of the database and the cache from the app subnets, and the answers to these. */
function dataEntries({ ports }: FintechNetworkSpec, appCidrs: readonly string[]): Entries {
  return {
    ...numbered('ingress', 100, appCidrs, (app) => allow(tcp(ports.database).from(app))),
    ...numbered('ingress', 110, appCidrs, (app) => allow(tcp(ports.cache).from(app))),
    ...numbered('egress', 100, appCidrs, (app) => allow(ephemeral.to(app))),
  };
}

function numbered(
  direction: 'ingress' | 'egress',
  first: number,
  networks: readonly string[],
  rule: (network: string) => string,
): Entries {
  return Object.fromEntries(
    networks.map((network, index) => [`${direction} ${first + index}`, rule(network)]),
  );
}
