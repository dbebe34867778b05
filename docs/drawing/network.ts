import { passages, type Passage } from './rules.ts';
import { entriesIn, textIn, textsIn, type PlannedStep } from './settings.ts';

export const tiers = ['public', 'app', 'data'] as const;
export type Tier = (typeof tiers)[number];

export type Subnet = {
  readonly node: string;
  readonly tier: Tier;
  readonly zone: string;
  readonly cidr: string;
  readonly table: string;
  /** Where to, and by which node; without those that gateway endpoints add. */
  readonly routes: readonly (readonly [destination: string, target: string])[];
};

export type NatGateway = { readonly node: string; readonly subnet: string; readonly address: string };

/** What of the traffic is let through, and what it is that does. */
export type Filter = {
  readonly node: string;
  readonly ingress: readonly Passage[];
  readonly egress: readonly Passage[];
};

export type Endpoint = {
  readonly node: string;
  /** `ecr.api` */
  readonly service: string;
  readonly type: string;
  /** The tiers whose route tables lead to it. */
  readonly tiers: readonly Tier[];
};

export type FlowLog = {
  readonly node: string;
  readonly traffic: string;
  readonly interval: string;
  readonly destination: string;
  /** How long it is kept, and who writes it. */
  readonly details: readonly string[];
};

/** What a plan says of a network, in the words of a drawing. */
export type Network = {
  readonly name: string;
  readonly cidr: string;
  readonly zones: readonly string[];
  readonly subnets: readonly Subnet[];
  readonly nats: readonly NatGateway[];
  readonly endpoints: readonly Endpoint[];
  /** By tier; what is on no tier belongs to the VPC. */
  readonly groups: readonly (Filter & { readonly tier: Tier | undefined })[];
  readonly acls: ReadonlyMap<Tier, Filter>;
  readonly flowLogs: readonly FlowLog[];
  readonly transitGateway: { readonly id: string; readonly tiers: readonly Tier[] } | undefined;
};

const tierOfGroup: Readonly<Record<string, Tier>> = {
  'sg-load-balancer': 'public',
  'sg-app': 'app',
  'sg-endpoints': 'app',
  'sg-database': 'data',
  'sg-cache': 'data',
};

/** Reads the steps of the plan of a FintechNetwork that does not exist yet. */
export function networkOf(object: string, steps: readonly PlannedStep[]): Network {
  const ofType = (type: string): readonly PlannedStep[] => steps.filter((step) => step.type === type);
  const tables = ofType('ec2/route-table');
  const subnets = ofType('ec2/subnet').map((step) => subnetOf(step, tables));
  const tiersOf = (nodes: readonly string[]): readonly Tier[] =>
    tiers.filter((tier) => subnets.some((subnet) => subnet.tier === tier && nodes.includes(subnet.node)));
  const groups = ofType('ec2/security-group');
  const peers = new Map([
    ...groups.map((group) => [textIn(group, 'groupName'), group.node] as const),
    ...subnets.map(({ cidr, tier }) => [cidr, `${tier} subnets`] as const),
  ]);
  const nameOf = (peer: string): string => peers.get(peer) ?? peer;
  return {
    name: object,
    cidr: ofType('ec2/vpc')
      .map((vpc) => textIn(vpc, 'cidrBlock'))
      .join(', '),
    zones: [...new Set(subnets.map(({ zone }) => zone))].toSorted(),
    subnets,
    nats: ofType('ec2/nat-gateway').map((step) => ({
      node: step.node,
      subnet: textIn(step, 'subnetId'),
      address: textIn(step, 'allocationId'),
    })),
    endpoints: ofType('ec2/vpc-endpoint').map((step) => endpointOf(step, tables, tiersOf)),
    groups: groups.map((step) => ({ ...groupOf(step, nameOf), tier: tierOfGroup[step.node] })),
    acls: new Map(ofType('ec2/network-acl').map((step) => [tierOf(step.node), aclOf(step, nameOf)])),
    flowLogs: ofType('ec2/flow-log').map((step) => flowLogOf(step, steps)),
    transitGateway: ofType('ec2/transit-gateway-attachment').map((step) => ({
      id: textIn(step, 'transitGatewayId'),
      tiers: tiersOf(textsIn(step, 'subnetIds')),
    }))[0],
  };
}

/** The node that everything goes to that is not for the network itself; undefined where there is none. */
export function wayOut({ routes }: Subnet): string | undefined {
  return routes.find(([destination]) => destination === '0.0.0.0/0')?.[1];
}

function subnetOf(step: PlannedStep, tables: readonly PlannedStep[]): Subnet {
  const table = tables.find((candidate) => textsIn(candidate, 'subnetIds').includes(step.node));
  return {
    node: step.node,
    tier: tierOf(step.node),
    zone: textIn(step, 'availabilityZone'),
    cidr: textIn(step, 'cidrBlock'),
    table: table?.node ?? '',
    routes: table === undefined ? [] : entriesIn(table, 'routes'),
  };
}

/** Nodes of a tier have it in their names: `app-us-east-1a`, `acl-data`. */
function tierOf(node: string): Tier {
  const found = tiers.find((tier) => node.split('-').includes(tier));
  if (found === undefined) throw new Error(`${node} is on none of the tiers ${tiers.join(', ')}`);
  return found;
}

function endpointOf(
  step: PlannedStep,
  tables: readonly PlannedStep[],
  tiersOf: (subnets: readonly string[]) => readonly Tier[],
): Endpoint {
  const routed = tables.filter(({ node }) => textsIn(step, 'routeTableIds').includes(node));
  return {
    node: step.node,
    service: textIn(step, 'serviceName').split('.').slice(3).join('.'),
    type: textIn(step, 'endpointType'),
    tiers: tiersOf(routed.flatMap((table) => textsIn(table, 'subnetIds'))),
  };
}

function groupOf(step: PlannedStep, nameOf: (peer: string) => string): Filter {
  const rules = (field: string): readonly string[] => entriesIn(step, field).map(([rule]) => rule);
  return {
    node: step.node,
    ingress: passages(rules('ingress'), nameOf),
    egress: passages(rules('egress'), nameOf),
  };
}

function aclOf(step: PlannedStep, nameOf: (peer: string) => string): Filter {
  const rules = (direction: string): readonly string[] =>
    entriesIn(step, 'entries')
      .filter(([key]) => key.startsWith(direction))
      .map(([, rule]) => rule);
  return {
    node: step.node,
    ingress: passages(rules('ingress'), nameOf),
    egress: passages(rules('egress'), nameOf),
  };
}

function flowLogOf(step: PlannedStep, steps: readonly PlannedStep[]): FlowLog {
  const destination = steps.find(({ node }) => textIn(step, 'destination').includes(node));
  const days = destination === undefined ? '' : textIn(destination, 'retentionDays');
  const role = textIn(step, 'roleArn');
  return {
    node: step.node,
    traffic: textIn(step, 'trafficType'),
    interval: textIn(step, 'maxAggregationInterval'),
    destination: destination === undefined ? textIn(step, 'destination') : textIn(destination, 'name'),
    details: [
      ...(days === '' ? [] : [`kept for ${days} days`]),
      ...(role === '' ? [] : [`written by ${role}`]),
    ],
  };
}
