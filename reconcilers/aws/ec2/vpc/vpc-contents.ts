import {
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpnGatewaysCommand,
} from '@aws-sdk/client-ec2';
import type { Aws } from '../../cloud.ts';
import { interfacesIn } from '../blockers.ts';
import { endpointIs } from '../vpc-endpoint/vpc-endpoint-state.ts';

type Contents = (aws: Aws, vpcId: string) => Promise<readonly (string | undefined)[]>;

/**
 * What has to go before a VPC can, by id. What EC2 made together with the VPC goes together with it:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html
 */
export async function contentsOfVpc(aws: Aws, vpcId: string): Promise<readonly string[]> {
  const found = await Promise.all(contents.map((contentsOfKind) => contentsOfKind(aws, vpcId)));
  return found.flat().filter((id) => id !== undefined);
}

const contents: readonly Contents[] = [
  async ({ ec2 }, vpcId) => {
    const Filters = [{ Name: 'attachment.vpc-id', Values: [vpcId] }];
    const { InternetGateways = [] } = await ec2.send(new DescribeInternetGatewaysCommand({ Filters }));
    return InternetGateways.map(({ InternetGatewayId }) => InternetGatewayId);
  },

  async ({ ec2 }, vpcId) => {
    const Filters = [{ Name: 'attachment.vpc-id', Values: [vpcId] }];
    const { VpnGateways = [] } = await ec2.send(new DescribeVpnGatewaysCommand({ Filters }));
    const attached = VpnGateways.filter(({ VpcAttachments = [] }) =>
      VpcAttachments.some(({ VpcId, State }) => VpcId === vpcId && State !== 'detached'),
    );
    return attached.map(({ VpnGatewayId }) => VpnGatewayId);
  },

  // It has no filter for the VPC.
  async ({ ec2 }, vpcId) => {
    const { EgressOnlyInternetGateways = [] } = await ec2.send(
      new DescribeEgressOnlyInternetGatewaysCommand({}),
    );
    const attached = EgressOnlyInternetGateways.filter(({ Attachments = [] }) =>
      Attachments.some(({ VpcId }) => VpcId === vpcId),
    );
    return attached.map(({ EgressOnlyInternetGatewayId }) => EgressOnlyInternetGatewayId);
  },

  (aws, vpcId) => peeringsOf(aws, 'requester-vpc-info.vpc-id', vpcId),
  (aws, vpcId) => peeringsOf(aws, 'accepter-vpc-info.vpc-id', vpcId),

  async ({ ec2 }, vpcId) => {
    const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand(inVpc(vpcId)));
    const existing = VpcEndpoints.filter((endpoint) => !endpointIs(endpoint, 'deleted'));
    return existing.map(({ VpcEndpointId }) => VpcEndpointId);
  },

  async ({ ec2 }, vpcId) => {
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand(inVpc(vpcId)));
    return Subnets.map(({ SubnetId }) => SubnetId);
  },

  (aws, vpcId) => interfacesIn(aws, { Name: 'vpc-id', Values: [vpcId] }),

  async ({ ec2 }, vpcId) => {
    const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand(inVpc(vpcId)));
    const own = RouteTables.filter(
      ({ Associations = [] }) => !Associations.some(({ Main }) => Main === true),
    );
    return own.map(({ RouteTableId }) => RouteTableId);
  },

  async ({ ec2 }, vpcId) => {
    const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand(inVpc(vpcId)));
    return NetworkAcls.filter(({ IsDefault }) => IsDefault !== true).map(({ NetworkAclId }) => NetworkAclId);
  },

  async ({ ec2 }, vpcId) => {
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand(inVpc(vpcId)));
    return SecurityGroups.filter(({ GroupName }) => GroupName !== 'default').map(({ GroupId }) => GroupId);
  },
];

/**
 * Only the console deletes them together with the VPC:
 * https://docs.aws.amazon.com/vpc/latest/peering/delete-vpc-peering-connection.html
 */
async function peeringsOf({ ec2 }: Aws, Name: string, vpcId: string) {
  const Filters = [
    { Name, Values: [vpcId] },
    { Name: 'status-code', Values: ['active', 'pending-acceptance', 'provisioning'] },
  ];
  const { VpcPeeringConnections = [] } = await ec2.send(
    new DescribeVpcPeeringConnectionsCommand({ Filters }),
  );
  return VpcPeeringConnections.map(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId);
}

function inVpc(vpcId: string) {
  return { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
}
