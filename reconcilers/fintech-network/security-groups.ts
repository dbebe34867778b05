import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { tcp } from '../aws/ec2/flow.ts';
import { SecurityGroup } from '../aws/ec2/security-group/security-group.ts';
import type { SecurityGroupOutputs } from '../aws/ec2/security-group/security-group-spec.ts';
import type { VpcOutputs } from '../aws/ec2/vpc/vpc-spec.ts';
import { everywhere } from './cidr.ts';
import type { FintechNetworkSpec, Ports } from './spec.ts';

type Group = 'loadBalancer' | 'app' | 'database' | 'cache' | 'endpoints';

export type SecurityGroups = Readonly<Record<Group, NodeHandle<SecurityGroupOutputs>>>;

/** Descriptions by rule. */
type Rules = Readonly<Record<string, string>>;

type Names = Readonly<Record<Group, string>>;

/**
 * Who may speak to whom: the load balancer with the app, the app with database, cache and endpoints, and nobody
 * else with anybody.
 */
export function addSecurityGroups(
  graph: Graph<Aws>,
  spec: FintechNetworkSpec,
  vpc: NodeHandle<VpcOutputs>,
): SecurityGroups {
  const vpcId = vpc.ref('vpcId');
  const names: Names = {
    loadBalancer: nameOf(graph, 'sg-load-balancer'),
    app: nameOf(graph, 'sg-app'),
    database: nameOf(graph, 'sg-database'),
    cache: nameOf(graph, 'sg-cache'),
    endpoints: nameOf(graph, 'sg-endpoints'),
  };
  const add = (id: string, groupName: string, description: string, ingress: Rules, egress: Rules) =>
    graph.add(SecurityGroup, id, { vpcId, groupName, description, ingress, egress });

  // Whatever is started without a group of its own lands in the default one, and there reaches nothing.
  add('sg-default', 'default', 'default VPC security group', {}, {});
  const { ports } = spec;
  return {
    loadBalancer: add(
      'sg-load-balancer',
      names.loadBalancer,
      'Load balancer: HTTPS and HTTP from clients, the app port to the app',
      Object.fromEntries(spec.ingressCidrs.flatMap(fromClients)),
      appRules(ports, (port) => tcp(port).to(names.app), 'Requests to the app'),
    ),
    app: add(
      'sg-app',
      names.app,
      'App: requests from the load balancer, connections to the data tier and AWS services',
      appRules(ports, (port) => tcp(port).from(names.loadBalancer), 'Requests from the load balancer'),
      appEgress(spec, names),
    ),
    database: add(
      'sg-database',
      names.database,
      'Database: connections from the app, none to anywhere',
      { [tcp(ports.database).from(names.app)]: 'Connections from the app' },
      {},
    ),
    cache: add(
      'sg-cache',
      names.cache,
      'Cache: connections from the app, none to anywhere',
      { [tcp(ports.cache).from(names.app)]: 'Connections from the app' },
      {},
    ),
    endpoints: add(
      'sg-endpoints',
      names.endpoints,
      'Interface endpoints: HTTPS from the VPC',
      {
        [tcp(443).from(names.app)]: 'AWS API calls of the app',
        [tcp(443).from(spec.cidr)]: 'AWS API calls from the VPC',
      },
      { [tcp(443).to(everywhere)]: 'AWS services' },
    ),
  };
}

/** HTTP only to be redirected to HTTPS. */
function fromClients(cidr: string): readonly (readonly [string, string])[] {
  return [
    [tcp(443).from(cidr), 'HTTPS from clients'],
    [tcp(80).from(cidr), 'HTTP from clients, for the redirect to HTTPS'],
  ];
}

/** The next port has the words of the present one: nothing is written for its rule when it becomes that. */
function appRules({ app, appNext }: Ports, rule: (port: number) => string, description: string): Rules {
  const open = appNext === undefined ? [app] : [app, appNext];
  return Object.fromEntries(open.map((port) => [rule(port), description]));
}

function appEgress(spec: FintechNetworkSpec, names: Names): Rules {
  const { ports } = spec;
  return {
    [tcp(ports.database).to(names.database)]: 'Connections to the database',
    [tcp(ports.cache).to(names.cache)]: 'Connections to the cache',
    [tcp(443).to(names.endpoints)]: 'AWS API calls through interface endpoints',
    ...(hasWayOut(spec) ? { [tcp(443).to(everywhere)]: wayOutDescription } : {}),
  };
}

const wayOutDescription = 'AWS services through gateway endpoints, and HTTPS beyond the VPC';

/** A gateway endpoint is one too: its service has public addresses. */
function hasWayOut({ natGateways, endpoints, transitGateway }: FintechNetworkSpec): boolean {
  return (
    natGateways !== 'None' ||
    endpoints.gateway.length > 0 ||
    transitGateway?.routes.includes(everywhere) === true
  );
}

/**
 * Unique in the VPC. AWS refuses names that begin with `sg-`:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 */
function nameOf(graph: Graph<Aws>, node: string): string {
  const name = graph.nameOf(node);
  return name.startsWith('sg-') ? `network-${name}` : name;
}
