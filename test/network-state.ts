import { DescribeLogGroupsCommand, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribePrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { isFields } from '../controller/engine/resource-type.ts';
import { canonical } from '../reconcilers/aws/same.ts';
import type { Clients } from './clients.ts';

/** Everything of the networks of an account, by type and name. */
export type NetworkState = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

type Described = Readonly<Record<string, unknown>>;

/** What AWS calls a resource, per type: its id is what other resources refer to it by. */
const idOfType = {
  vpcs: 'VpcId',
  internetGateways: 'InternetGatewayId',
  subnets: 'SubnetId',
  routeTables: 'RouteTableId',
  networkAcls: 'NetworkAclId',
  securityGroups: 'GroupId',
  addresses: 'AllocationId',
  natGateways: 'NatGatewayId',
  endpoints: 'VpcEndpointId',
  flowLogs: 'FlowLogId',
  attachments: 'TransitGatewayAttachmentId',
  interfaces: 'NetworkInterfaceId',
  logGroups: 'logGroupName',
} as const;

/** What is another one each time, or says the same a second time. */
const volatile = new Set([
  'AssociationId',
  'AttachmentId',
  'AttachTime',
  'AvailableIpAddressCount',
  'Associations',
  'Association',
  'Attachment',
  'CreateTime',
  'CreationTime',
  'CreationTimestamp',
  'DeleteTime',
  'DhcpOptionsId',
  'DnsEntries',
  'Entries',
  'MacAddress',
  'NatGatewayAddresses',
  'NetworkAclAssociationId',
  'NetworkInterfaceIds',
  'PrivateDnsName',
  'PrivateIpAddress',
  'PrivateIpAddresses',
  'PublicDnsName',
  'PublicIp',
  'RouteTableAssociationId',
  'SecurityGroupRuleId',
  'creationTime',
  'storedBytes',
]);

/**
 * Everything in the networks of an account except in its default one, in AWS's own words, without what differs
 * each time: in the place of ids stand names.
 */
export async function readNetworkState(clients: Clients): Promise<NetworkState> {
  const found = await describeAll(clients);
  const names = await prefixListsOf(clients);
  const { interfaces = [], ...others } = found;
  for (const [type, resources] of Object.entries(others)) {
    for (const [id, name] of namesOf(type, resources)) names.set(id, name);
  }
  for (const [id, name] of namesOf(
    'interfaces',
    interfaces.map((one) => placed(one, names)),
  ))
    names.set(id, name);
  const named = Object.entries(found).map(([type, resources]) => {
    const entries = resources.map((resource) => [
      names.get(idOf(type, resource)) ?? '',
      shown(resource, names),
    ]);
    return [type, Object.fromEntries(entries.toSorted(byFirst))] as const;
  });
  return Object.fromEntries(named.filter(([, resources]) => Object.keys(resources).length > 0));
}

/** AWS's own, which routes of gateway endpoints lead to. */
async function prefixListsOf({ ec2 }: Clients): Promise<Map<string, string>> {
  const { PrefixLists = [] } = await ec2.send(new DescribePrefixListsCommand({}));
  return new Map(
    PrefixLists.map(({ PrefixListId = '', PrefixListName = '' }) => [PrefixListId, PrefixListName]),
  );
}

async function describeAll(clients: Clients): Promise<Readonly<Record<string, readonly Described[]>>> {
  const { ec2 } = clients;
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const defaults = new Set(Vpcs.filter(({ IsDefault }) => IsDefault === true).map(({ VpcId }) => VpcId));
  const [inside, outside] = await Promise.all([insideVpcs(ec2, defaults), aroundVpcs(ec2, defaults)]);
  const ours = Vpcs.filter(({ VpcId }) => !defaults.has(VpcId));
  const vpcs = await Promise.all(ours.map(async (vpc) => ({ ...vpc, ...(await dnsOf(ec2, vpc.VpcId)) })));
  const found = { vpcs, ...inside, ...outside, logGroups: await logGroupsOf(clients) };
  return Object.fromEntries(Object.entries(found).map(([type, items]) => [type, items.map(described)]));
}

/** For an hour AWS shows what is deleted. */
function lasting<Item extends { readonly State?: string | undefined }>(items: readonly Item[] = []) {
  return items.filter(({ State }) => State !== 'deleted');
}

function described(item: object): Described {
  return { ...item };
}

async function insideVpcs(ec2: EC2Client, defaults: ReadonlySet<string | undefined>) {
  const [subnets, tables, acls, groups, interfaces] = await Promise.all([
    ec2.send(new DescribeSubnetsCommand({})),
    ec2.send(new DescribeRouteTablesCommand({})),
    ec2.send(new DescribeNetworkAclsCommand({})),
    ec2.send(new DescribeSecurityGroupsCommand({})),
    ec2.send(new DescribeNetworkInterfacesCommand({})),
  ]);
  const ours = <Item extends { readonly VpcId?: string | undefined }>(items: readonly Item[] = []) =>
    items.filter(({ VpcId }) => !defaults.has(VpcId));
  return {
    subnets: ours(subnets.Subnets),
    routeTables: ours(tables.RouteTables).map((table) => ({
      ...table,
      subnets: table.Associations?.map(({ Main, SubnetId }) => (Main === true ? 'main' : SubnetId)),
    })),
    networkAcls: ours(acls.NetworkAcls).map((acl) => ({
      ...acl,
      subnets: acl.Associations?.map(({ SubnetId }) => SubnetId),
      rules: acl.Entries,
    })),
    securityGroups: ours(groups.SecurityGroups),
    interfaces: ours(interfaces.NetworkInterfaces).map((one) => ({
      ...one,
      Description: withoutRandom(one.Description),
    })),
  };
}

/** `ELB app/<name>/<id>`, `arn:aws:ecs:<region>:<account>:attachment/<id>`. */
function withoutRandom(description: string | undefined): string | undefined {
  return description?.replace(/(?<=^ELB app\/[^/]+\/|:attachment\/)[\da-f-]+$/, '<id>');
}

async function aroundVpcs(ec2: EC2Client, defaults: ReadonlySet<string | undefined>) {
  const [gateways, addresses, nats, endpoints, flows, attachments] = await Promise.all([
    ec2.send(new DescribeInternetGatewaysCommand({})),
    ec2.send(new DescribeAddressesCommand({})),
    ec2.send(new DescribeNatGatewaysCommand({})),
    ec2.send(new DescribeVpcEndpointsCommand({})),
    ec2.send(new DescribeFlowLogsCommand({})),
    ec2.send(new DescribeTransitGatewayVpcAttachmentsCommand({})),
  ]);
  return {
    internetGateways: (gateways.InternetGateways ?? [])
      .map((gateway) => ({ ...gateway, vpcs: gateway.Attachments?.map(({ VpcId }) => VpcId) ?? [] }))
      .filter(({ vpcs }) => !vpcs.some((vpc) => defaults.has(vpc))),
    addresses: (addresses.Addresses ?? []).map((address) => ({
      ...address,
      inUse: address.AssociationId !== undefined,
    })),
    natGateways: lasting(nats.NatGateways).map((nat) => ({
      ...nat,
      addresses: nat.NatGatewayAddresses?.map(({ AllocationId }) => AllocationId),
    })),
    endpoints: lasting(endpoints.VpcEndpoints),
    flowLogs: flows.FlowLogs ?? [],
    attachments: lasting(attachments.TransitGatewayVpcAttachments),
  };
}

async function dnsOf(ec2: EC2Client, VpcId: string | undefined): Promise<Described> {
  const [support, hostnames] = await Promise.all([
    ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' })),
    ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' })),
  ]);
  return {
    dnsSupport: support.EnableDnsSupport?.Value,
    dnsHostnames: hostnames.EnableDnsHostnames?.Value,
  };
}

async function logGroupsOf({ logs }: Pick<Clients, 'logs'>): Promise<readonly Described[]> {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  return Promise.all(
    logGroups.map(async (group) => {
      const resourceArn = group.logGroupArn ?? group.arn?.replace(/:\*$/, '');
      const { tags = {} } = await logs.send(new ListTagsForResourceCommand({ resourceArn }));
      return { ...group, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    }),
  );
}

/** By their tag Name; what has none is called by its group's name or by what it describes itself as. */
function namesOf(type: string, resources: readonly Described[]): readonly (readonly [string, string])[] {
  const taken = new Map<string, number>();
  return resources.map((resource) => {
    const { GroupName, Description } = resource;
    const given = tagsOf(resource)['Name'] ?? text(GroupName) ?? text(Description) ?? 'of AWS';
    const count = (taken.get(given) ?? 0) + 1;
    taken.set(given, count);
    return [idOf(type, resource), `${type} ${given}${count === 1 ? '' : ` #${count}`}`] as const;
  });
}

/** AWS's own interfaces have no names: they are called by what they are for, and where they are. */
function placed(resource: Described, names: ReadonlyMap<string, string>): Described {
  const { Description, SubnetId } = resource;
  return { ...resource, Description: withNames(`${String(Description)} in ${String(SubnetId)}`, names) };
}

function withNames(written: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce(
    (known, [id, name]) => (id === '' ? known : known.replaceAll(id, `<${name}>`)),
    written,
  );
}

function idOf(type: string, resource: Described): string {
  const key = Object.entries(idOfType).find(([name]) => name === type)?.[1] ?? '';
  return String(resource[key]);
}

function tagsOf({ Tags }: Described): Readonly<Record<string, string>> {
  const tags: readonly unknown[] = Array.isArray(Tags) ? Tags : [];
  return Object.fromEntries(
    tags
      .filter(isFields)
      .map(({ Key, Value }) => [String(Key), String(Value)] as const)
      .toSorted(byFirst),
  );
}

/** Names for ids, and then everything that has no order in one order. */
function shown(resource: Described, names: ReadonlyMap<string, string>): unknown {
  const written = withNames(JSON.stringify({ ...resource, Tags: tagsOf(resource) }), names);
  const read: unknown = JSON.parse(written.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'));
  return ordered(read);
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered).toSorted((one, other) => byText(one, other));
  if (!isFields(value)) return value;
  const entries = Object.entries(value).filter(([key]) => !volatile.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]).toSorted(byFirst));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function byFirst(one: readonly unknown[], other: readonly unknown[]): number {
  return String(one[0]) < String(other[0]) ? -1 : 1;
}

function byText(one: unknown, other: unknown): number {
  return canonical(one) < canonical(other) ? -1 : 1;
}
