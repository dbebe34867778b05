import type { Kind } from '../../controller/engine/kind.ts';
import type { Aws } from '../aws/cloud.ts';
import { ElasticIp } from '../aws/ec2/elastic-ip.ts';
import { FlowLog } from '../aws/ec2/flow-log.ts';
import { InternetGateway } from '../aws/ec2/internet-gateway.ts';
import { NatGateway } from '../aws/ec2/nat-gateway.ts';
import { NetworkAcl } from '../aws/ec2/network-acl/network-acl.ts';
import { RouteTable } from '../aws/ec2/route-table/route-table.ts';
import { SecurityGroup } from '../aws/ec2/security-group/security-group.ts';
import { Subnet } from '../aws/ec2/subnet/subnet.ts';
import { TransitGatewayAttachment } from '../aws/ec2/transit-gateway-attachment/transit-gateway-attachment.ts';
import { Vpc } from '../aws/ec2/vpc/vpc.ts';
import { VpcEndpoint } from '../aws/ec2/vpc-endpoint/vpc-endpoint.ts';
import { Role } from '../aws/iam/role.ts';
import { LogGroup } from '../aws/logs/log-group.ts';
import { Bucket } from '../aws/s3/bucket.ts';
import { checkFintechNetwork } from './check.ts';
import { addEndpoints } from './endpoints.ts';
import { addFlowLogs } from './flow-logs.ts';
import { addNatGateways } from './nat-gateways.ts';
import { addNetworkAcls } from './network-acls.ts';
import { addRouteTables } from './routes.ts';
import { addSecurityGroups } from './security-groups.ts';
import type { FintechNetworkSpec } from './spec.ts';
import { statusOf, type FintechNetworkStatus } from './status.ts';
import { addSubnets } from './subnets.ts';
import { addTransitGateway } from './transit-gateway.ts';
import { zonesOf } from './zones.ts';

/** A VPC with public, app and data subnets in every zone, what connects them, and what keeps them apart. */
export const fintechNetwork: Kind<FintechNetworkSpec, FintechNetworkStatus, Aws> = {
  kind: 'FintechNetwork',
  types: [
    LogGroup,
    Role,
    Bucket,
    Vpc,
    InternetGateway,
    NetworkAcl,
    Subnet,
    SecurityGroup,
    ElasticIp,
    NatGateway,
    TransitGatewayAttachment,
    RouteTable,
    VpcEndpoint,
    FlowLog,
  ],
  parts: {
    VpcReady: ['vpc', 'internet-gateway'],
    SubnetsReady: ['public-', 'app-', 'data-', 'acl-', 'routes-'],
    NatReady: ['nat-'],
    EndpointsReady: ['gateway-endpoint-', 'interface-endpoint-'],
    SecurityGroupsReady: ['sg-'],
    FlowLogsReady: ['flow-log-'],
    TransitGatewayReady: ['transit-gateway-'],
  },
  check: checkFintechNetwork,

  build(spec, graph) {
    const zones = zonesOf(spec);
    const vpc = graph.add(Vpc, 'vpc', {
      cidrBlock: spec.cidr,
      tenancy: 'default',
      // Private DNS of interface endpoints needs both.
      dnsSupport: true,
      dnsHostnames: true,
    });
    const internetGateway = graph.add(InternetGateway, 'internet-gateway', { vpcId: vpc.ref('vpcId') });
    const groups = addSecurityGroups(graph, spec, vpc);
    const subnets = addSubnets(graph, zones, vpc, addNetworkAcls(graph, spec, zones, vpc));
    const gateways = addNatGateways(graph, spec.natGateways, subnets.public, internetGateway);
    const attachment = addTransitGateway(graph, spec, vpc, subnets);
    const tables = addRouteTables(graph, spec, vpc, subnets, { internetGateway, gateways, attachment });
    const endpoints = addEndpoints(graph, spec, vpc, subnets, tables, groups);
    addFlowLogs(graph, spec.flowLogs, vpc);
    return statusOf({ ports: spec.ports, vpc, subnets, groups, gateways, tables, endpoints });
  },
};
