import {
  AssociateRouteTableCommand,
  AttachVpnGatewayCommand,
  CreateRouteCommand,
  CreateVpnGatewayCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DeleteVpnGatewayCommand,
  DescribeRouteTablesCommand,
  DescribeVpnGatewaysCommand,
  DetachVpnGatewayCommand,
  DisassociateRouteTableCommand,
  EnableVgwRoutePropagationCommand,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
} from '@aws-sdk/client-ec2';
import { missing } from '../drift-row.ts';
import { everywhere, type DriftRow, type Network } from './drift-rows.ts';

const appTable = 'routes-app-us-east-1a';

/** Routes, and which subnet has which table. */
export const routingDrift: readonly DriftRow[] = [
  {
    what: 'deletes the default route of an app subnet',
    change: ({ ec2, id }) =>
      ec2.send(
        new DeleteRouteCommand({
          RouteTableId: id('routes-app-us-east-1b'),
          DestinationCidrBlock: everywhere,
        }),
      ),
    says: [
      'ec2/route-table routes-app-us-east-1b: routes.0.0.0.0/0 is absent, should be <nat-us-east-1b> (security)',
    ],
  },
  {
    what: 'deletes the way of the public subnets to the internet',
    change: ({ ec2, id }) =>
      ec2.send(
        new DeleteRouteCommand({ RouteTableId: id('routes-public'), DestinationCidrBlock: everywhere }),
      ),
    says: [
      'ec2/route-table routes-public: routes.0.0.0.0/0 is absent, should be <internet-gateway> (security)',
    ],
  },
  {
    what: 'leads the app through the NAT gateway of another zone',
    change: ({ ec2, id }) =>
      ec2.send(
        new ReplaceRouteCommand({
          RouteTableId: id(appTable),
          DestinationCidrBlock: everywhere,
          NatGatewayId: id('nat-us-east-1b'),
        }),
      ),
    says: [
      `ec2/route-table ${appTable}: routes.0.0.0.0/0 is <nat-us-east-1b>, should be <nat-us-east-1a> (security)`,
    ],
  },
  {
    what: 'leads the app directly to the internet',
    change: ({ ec2, id }) =>
      ec2.send(
        new ReplaceRouteCommand({
          RouteTableId: id(appTable),
          DestinationCidrBlock: everywhere,
          GatewayId: id('internet-gateway'),
        }),
      ),
    says: [
      `ec2/route-table ${appTable}: routes.0.0.0.0/0 is <internet-gateway>, should be <nat-us-east-1a> (security)`,
    ],
    batch: 1,
  },
  {
    what: 'gives the data subnets a way to the internet',
    change: ({ ec2, id }) =>
      ec2.send(
        new CreateRouteCommand({
          RouteTableId: id('routes-data'),
          DestinationCidrBlock: everywhere,
          NatGatewayId: id('nat-us-east-1a'),
        }),
      ),
    says: ['ec2/route-table routes-data: routes.0.0.0.0/0 is <nat-us-east-1a>, should be absent (security)'],
  },
  {
    what: 'adds a route to one network',
    change: ({ ec2, id }) =>
      ec2.send(
        new CreateRouteCommand({
          RouteTableId: id(appTable),
          DestinationCidrBlock: '192.168.0.0/16',
          NatGatewayId: id('nat-us-east-1a'),
        }),
      ),
    says: [
      `ec2/route-table ${appTable}: routes.192.168.0.0/16 is <nat-us-east-1a>, should be absent (security)`,
    ],
  },
  {
    what: "leads the VPC's own traffic elsewhere",
    change: ({ ec2, id }) =>
      ec2.send(
        new ReplaceRouteCommand({
          RouteTableId: id('routes-app-us-east-1b'),
          DestinationCidrBlock: '10.0.0.0/16',
          NatGatewayId: id('nat-us-east-1b'),
        }),
      ),
    says: [
      'ec2/route-table routes-app-us-east-1b: routes.10.0.0.0/16 is <nat-us-east-1b>, should be absent (security)',
    ],
  },
  {
    what: 'moves an app subnet to the public route table',
    change: async (network) => {
      const AssociationId = await associationOf(network, 'app-us-east-1a');
      const RouteTableId = network.id('routes-public');
      return network.ec2.send(new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId }));
    },
    says: [
      `ec2/route-table ${appTable}: subnetIds is [], should be ["<app-us-east-1a>"] (security)`,
      'ec2/route-table routes-public: subnetIds is [*"<app-us-east-1a>"*], should be ["<public-us-east-1a>","<public-us-east-1b>"] (security)',
    ],
  },
  {
    what: 'takes a data subnet out of its route table',
    change: async (network) => {
      const AssociationId = await associationOf(network, 'data-us-east-1a');
      return network.ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
    },
    says: [
      'ec2/route-table routes-data: subnetIds is ["<data-us-east-1b>"], should be ["<data-us-east-1a>","<data-us-east-1b>"] (security)',
    ],
  },
  {
    what: 'gives the data subnets the routes of a VPN',
    change: async ({ ec2, id }) => {
      const { VpnGateway } = await ec2.send(new CreateVpnGatewayCommand({ Type: 'ipsec.1' }));
      const VpnGatewayId = VpnGateway?.VpnGatewayId ?? '';
      await ec2.send(new AttachVpnGatewayCommand({ VpnGatewayId, VpcId: id('vpc') }));
      const propagation = { RouteTableId: id('routes-data'), GatewayId: VpnGatewayId };
      return ec2.send(new EnableVgwRoutePropagationCommand(propagation));
    },
    says: ['ec2/route-table routes-data: propagatingGatewayIds is ["vgw-*"], should be [] (security)'],
    cleanUp: deleteVpnGateways,
  },
  {
    what: 'deletes the route table of the data subnets',
    change: async (network) => {
      const { ec2, id } = network;
      for (const subnet of ['data-us-east-1a', 'data-us-east-1b']) {
        const AssociationId = await associationOf(network, subnet);
        await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
      }
      return ec2.send(new DeleteRouteTableCommand({ RouteTableId: id('routes-data') }));
    },
    says: [`ec2/route-table routes-data ${missing} (availability)`],
    batch: 3,
  },
  {
    what: 'deletes the route table of an app subnet, after giving the subnet that of another zone',
    change: async (network) => {
      const { ec2, id } = network;
      const AssociationId = await associationOf(network, 'app-us-east-1a');
      await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
      const RouteTableId = id('routes-app-us-east-1b');
      await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: id('app-us-east-1a') }));
      return ec2.send(new DeleteRouteTableCommand({ RouteTableId: id(appTable) }));
    },
    says: [
      `ec2/route-table ${appTable} ${missing} (availability)`,
      'ec2/route-table routes-app-us-east-1b: subnetIds is [*"<app-us-east-1a>"*], should be ["<app-us-east-1b>"] (security)',
    ],
    batch: 3,
  },
];

async function associationOf({ ec2, id }: Network, subnet: string): Promise<string> {
  const Filters = [{ Name: 'association.subnet-id', Values: [id(subnet)] }];
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const associations = RouteTables.flatMap(({ Associations = [] }) => Associations);
  const association = associations.find(({ SubnetId }) => SubnetId === id(subnet));
  return association?.RouteTableAssociationId ?? '';
}

async function deleteVpnGateways({ ec2, id }: Network): Promise<void> {
  const Filters = [{ Name: 'attachment.vpc-id', Values: [id('vpc')] }];
  const { VpnGateways = [] } = await ec2.send(new DescribeVpnGatewaysCommand({ Filters }));
  for (const { VpnGatewayId } of VpnGateways) {
    await ec2.send(new DetachVpnGatewayCommand({ VpnGatewayId, VpcId: id('vpc') }));
    await ec2.send(new DeleteVpnGatewayCommand({ VpnGatewayId }));
  }
}
