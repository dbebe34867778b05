import {
  AssociateRouteTableCommand,
  AttachVpnGatewayCommand,
  CreateVpnGatewayCommand,
  DeleteRouteCommand,
  EnableVgwRoutePropagationCommand,
} from '@aws-sdk/client-ec2';
import type {
  RouteTableOutputs,
  RouteTableSpec,
} from '../../../../reconcilers/aws/ec2/route-table/route-table-spec.ts';
import { RouteTable } from '../../../../reconcilers/aws/ec2/route-table/route-table.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { attachInternetGateway, idOf, makeSubnet, makeVpc, removeTagsOf } from './network-samples.ts';

describeResourceType(RouteTable, async (aws): Promise<Fixture<RouteTableSpec, RouteTableOutputs>> => {
  const { ec2 } = aws;
  const vpcId = await makeVpc(aws);
  const subnets = await Promise.all(
    ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'].map((cidr) => makeSubnet(aws, vpcId, cidr)),
  );
  const internet = await attachInternetGateway(aws, vpcId);
  const { VpnGateway } = await ec2.send(new CreateVpnGatewayCommand({ Type: 'ipsec.1' }));
  const office = idOf(VpnGateway?.VpnGatewayId);
  await ec2.send(new AttachVpnGatewayCommand({ VpnGatewayId: office, VpcId: vpcId }));

  return {
    spec: () => ({
      vpcId,
      routes: { '0.0.0.0/0': internet },
      subnetIds: [],
      propagatingGatewayIds: [],
    }),
    removeTags: removeTagsOf(aws),

    fields: {
      vpcId: 'immutable',
      routes: {
        another: { '0.0.0.0/0': office, '192.168.0.0/16': office, '::/0': internet },
        changeFromOutside: ({ id: RouteTableId }) =>
          ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' })),
      },
      subnetIds: {
        another: subnets.slice(0, 2),
        changeFromOutside: ({ id: RouteTableId }) =>
          ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: subnets[2] })),
      },
      propagatingGatewayIds: {
        another: [office],
        changeFromOutside: ({ id: RouteTableId }) =>
          ec2.send(new EnableVgwRoutePropagationCommand({ RouteTableId, GatewayId: office })),
      },
    },
  };
});
