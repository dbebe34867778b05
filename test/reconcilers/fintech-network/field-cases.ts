import type { JsonObject } from '../../../controller/manifests/json.ts';
import { partOf } from '../contract-manifest.ts';
import type { FieldCases } from '../field-cases.ts';
import { contract } from './network.ts';

/** Stand for the ids of two transit gateways. */
export const transitGateways = ['<first transit gateway>', '<second transit gateway>'] as const;

const spec = partOf(contract.network, 'spec');
const [flowLogs, ports] = [partOf(spec, 'flowLogs'), partOf(spec, 'ports')];
const endpoints = { gateway: ['s3'], interface: ['kms'] };
const transitGateway = { id: transitGateways[0], routes: ['10.8.0.0/16'] };
const toBucket = { destination: 'S3', bucketName: 'flow-logs-of-production' };
const withBucket = { flowLogs: toBucket };

/** What is not as in the contract. */
export const settings: JsonObject = { endpoints, transitGateway };

const subnets = {
  public: ['10.0.1.0/24', '10.0.2.0/24'],
  app: ['10.0.11.0/24', '10.0.12.0/24'],
  data: ['10.0.21.0/24', '10.0.22.0/24'],
};

/** `securityGroups.securityGroups production-core-sg-app`; the state of a network says its type twice. */
function of(type: string, node: string): string {
  return `${type}.${type} production-core-${node}`;
}

/** The interface that AWS makes for something in a subnet. */
function interfaceOf(type: string, node: string, subnet: string): string {
  return `interfaces.interfaces * <${type} production-core-${node}> in <subnets production-core-${subnet}>`;
}

function portOf(group: string, rules: string, from: number, to: number): readonly string[] {
  return ['FromPort', 'ToPort'].map(
    (end) => `${of('securityGroups', group)}.${rules}.${end}: ${from} → ${to}`,
  );
}

/** Lists of another length are shown as a whole. */
function oneMoreRule(present: number, added: number): string {
  return `[${ruleOf(present)}] → [${ruleOf(present)},${ruleOf(added)}]`;
}

function ruleOf(port: number): string {
  return `{"FromPort":${port},*"ToPort":${port},*}`;
}

function portOfEntries(from: number, to: number): readonly string[] {
  const entries = ['ingress of one app subnet', 'ingress of the other'];
  return entries.flatMap(() =>
    ['From', 'To'].map((end) => `${of('networkAcls', 'acl-data')}.rules.*.PortRange.${end}: ${from} → ${to}`),
  );
}

/** The fields of a network. Of those that are refused, another value would mean another VPC, subnet or bucket. */
export const networkFields: FieldCases = {
  changed: {
    natGateways: {
      change: { natGateways: 'Single' },
      changes: [
        `${of('routeTables', 'routes-app-us-east-1b')}.Routes.0.NatGatewayId: *-nat-us-east-1b>" → *-nat-us-east-1a>"`,
        `${interfaceOf('natGateways', 'nat-us-east-1b', 'public-us-east-1b')}: * → nothing`,
        `${of('natGateways', 'nat-us-east-1b')}: * → nothing`,
        `${of('addresses', 'nat-us-east-1b-address')}: * → nothing`,
      ],
    },
    'endpoints.gateway': {
      change: { endpoints: { ...endpoints, gateway: ['s3', 'dynamodb'] } },
      changes: [
        `${of('endpoints', 'gateway-endpoint-dynamodb')}: nothing → *`,
        ...['routes-app-us-east-1a', 'routes-app-us-east-1b', 'routes-data'].map(
          (table) =>
            `${of('routeTables', table)}.Routes: * → *<endpoints production-core-gateway-endpoint-dynamodb>*`,
        ),
      ],
    },
    'endpoints.interface': {
      change: { endpoints: { ...endpoints, interface: ['ecr.api'] } },
      changes: [
        `${of('endpoints', 'interface-endpoint-kms')}: * → nothing`,
        `${of('endpoints', 'interface-endpoint-ecr-api')}: nothing → *`,
        ...['app-us-east-1a', 'app-us-east-1b'].flatMap((subnet) => [
          `${interfaceOf('endpoints', 'interface-endpoint-kms', subnet)}: * → nothing`,
          `${interfaceOf('endpoints', 'interface-endpoint-ecr-api', subnet)}: nothing → *`,
        ]),
      ],
    },
    'endpoints.access': {
      change: { endpoints: { ...endpoints, access: 'Any' } },
      changes: ['gateway-endpoint-s3', 'interface-endpoint-kms'].map(
        (endpoint) =>
          `${of('endpoints', endpoint)}.PolicyDocument: *PrincipalAccount* → *"Statement*:[{*"Effect*"Allow*"Principal*"**"Action*"**"Resource*"**}]}"`,
      ),
    },
    networkAcls: {
      change: { networkAcls: 'Default' },
      changes: [
        ...['public', 'app', 'data'].map((tier) => `${of('networkAcls', `acl-${tier}`)}: * → nothing`),
        'networkAcls.networkAcls of AWS.subnets: [] → [*app-us-east-1a*app-us-east-1b*data-us-east-1a*data-us-east-1b*public-us-east-1a*public-us-east-1b>"]',
      ],
    },
    'ports.app': {
      change: { ports: { ...ports, app: 9090 } },
      changes: [
        ...portOf('sg-load-balancer', 'IpPermissionsEgress.0', 8080, 9090),
        ...portOf('sg-app', 'IpPermissions.0', 8080, 9090),
      ],
    },
    'ports.appNext': {
      change: { ports: { ...ports, appNext: 9090 } },
      changes: [
        `${of('securityGroups', 'sg-load-balancer')}.IpPermissionsEgress: ${oneMoreRule(8080, 9090)}`,
        `${of('securityGroups', 'sg-app')}.IpPermissions: ${oneMoreRule(8080, 9090)}`,
      ],
    },
    'ports.database': {
      change: { ports: { ...ports, database: 5433 } },
      changes: [
        ...portOf('sg-app', 'IpPermissionsEgress.1', 5432, 5433),
        ...portOf('sg-database', 'IpPermissions.0', 5432, 5433),
        ...portOfEntries(5432, 5433),
      ],
    },
    'ports.cache': {
      change: { ports: { ...ports, cache: 6380 } },
      changes: [
        ...portOf('sg-app', 'IpPermissionsEgress.2', 6379, 6380),
        ...portOf('sg-cache', 'IpPermissions.0', 6379, 6380),
        ...portOfEntries(6379, 6380),
      ],
    },
    ingressCidrs: {
      change: { ingressCidrs: ['203.0.113.0/24'] },
      changes: [0, 1].map(
        (rule) =>
          `${of('securityGroups', 'sg-load-balancer')}.IpPermissions.${rule}.IpRanges.0.CidrIp: "0.0.0.0/0" → "203.0.113.0/24"`,
      ),
    },
    'flowLogs.trafficType': {
      change: { flowLogs: { ...flowLogs, trafficType: 'REJECT' } },
      changes: [
        `${of('flowLogs', 'flow-log-cloudwatch-all')}: * → nothing`,
        `${of('flowLogs', 'flow-log-cloudwatch-reject')}: nothing → *"TrafficType":"REJECT"}`,
      ],
    },
    'flowLogs.retentionDays': {
      change: { flowLogs: { ...flowLogs, retentionDays: 30 } },
      changes: [`${of('logGroups', 'flow-log-group')}.retentionInDays: 7 → 30`],
    },
    'flowLogs.maxAggregationSeconds': {
      change: { flowLogs: { ...flowLogs, maxAggregationSeconds: 60 } },
      changes: [`${of('flowLogs', 'flow-log-cloudwatch-all')}.MaxAggregationInterval: 600 → 60`],
    },
    'flowLogs.emptyOnDeletion': {
      given: withBucket,
      change: { flowLogs: { ...toBucket, emptyOnDeletion: true } },
      changes: ['buckets.flow-logs-of-production.tags.fintech.global/empty-on-deletion: nothing → "true"'],
    },
    'transitGateway.id': {
      change: { transitGateway: { ...transitGateway, id: transitGateways[1] } },
      changes: [
        `${of('attachments', 'transit-gateway-tgw-*')}: nothing → *`,
        `${of('attachments', 'transit-gateway-tgw-*')}: * → nothing`,
        ...['a', 'b'].flatMap((zone) => {
          const its = interfaceOf('attachments', 'transit-gateway-tgw-*', `app-us-east-1${zone}`);
          return [`${its}: nothing → *`, `${its}: * → nothing`];
        }),
        ...['a', 'b'].map(
          (zone) =>
            `${of('routeTables', `routes-app-us-east-1${zone}`)}.Routes.*.TransitGatewayId: "tgw-*" → "tgw-*"`,
        ),
      ],
    },
    'transitGateway.routes': {
      change: { transitGateway: { ...transitGateway, routes: ['10.9.0.0/16'] } },
      changes: [
        ...['a', 'b'].map(
          (zone) =>
            `${of('routeTables', `routes-app-us-east-1${zone}`)}.Routes.2.DestinationCidrBlock: "10.8.0.0/16" → "10.9.0.0/16"`,
        ),
        // In and out.
        ...['ingress', 'egress'].map(
          () => `${of('networkAcls', 'acl-app')}.rules.*.CidrBlock: "10.8.0.0/16" → "10.9.0.0/16"`,
        ),
      ],
    },
    // What becomes of the resources one day changes none of them today.
    deletionPolicy: { change: { deletionPolicy: 'Delete' }, changes: [] },
    // A bucket is left that may hold records.
    'flowLogs.destination': {
      change: { flowLogs: toBucket },
      changes: [
        `${of('flowLogs', 'flow-log-cloudwatch-all')}: * → nothing`,
        `${of('flowLogs', 'flow-log-s3-all')}: nothing → *"LogDestination":"arn:aws:s3:::flow-logs-of-production"*`,
        `${of('logGroups', 'flow-log-group')}.Tags.fintech.global/retained: nothing → "<time>"`,
        'roles.production-core-flow-log-role: * → nothing',
        'buckets.flow-logs-of-production: nothing → *',
      ],
      leaves: ['buckets.flow-logs-of-production: nothing → *'],
    },
  },
  refused: {
    cidr: {
      change: { cidr: '10.0.0.0/17' },
      because:
        'ec2/vpc vpc (*) would be replaced and everything in it: cidrBlock cannot be changed in place; ec2/subnet *; and 2 more',
    },
    // The addresses stay where they are in their lists, and so belong to the other zone each.
    availabilityZones: {
      change: { availabilityZones: ['us-east-1b', 'us-east-1a'] },
      because:
        'ec2/subnet public-us-east-1a (*) would be replaced and everything in it: cidrBlock cannot be changed in place; ec2/subnet *; and 1 more',
    },
    'subnets.public': {
      change: { subnets: { ...subnets, public: ['10.0.5.0/24', '10.0.2.0/24'] } },
      because:
        'ec2/subnet public-us-east-1a (*) would be replaced and everything in it: cidrBlock cannot be changed in place',
    },
    'subnets.app': {
      change: { subnets: { ...subnets, app: ['10.0.15.0/24', '10.0.12.0/24'] } },
      because:
        'ec2/subnet app-us-east-1a (*) would be replaced and everything in it: cidrBlock cannot be changed in place',
    },
    'subnets.data': {
      change: { subnets: { ...subnets, data: ['10.0.21.0/24', '10.0.25.0/24'] } },
      because:
        'ec2/subnet data-us-east-1b (*) would be replaced and everything in it: cidrBlock cannot be changed in place',
    },
    'flowLogs.bucketName': {
      given: withBucket,
      change: { flowLogs: { ...toBucket, bucketName: 'other-flow-logs' } },
      because:
        's3/bucket flow-log-bucket (flow-logs-of-production) would be replaced and its data lost: name cannot be changed in place',
    },
  },
};
