import { ModifyVpcEndpointCommand } from '@aws-sdk/client-ec2';
import type {
  VpcEndpointOutputs,
  VpcEndpointSpec,
} from '../../../../reconcilers/aws/ec2/vpc-endpoint/vpc-endpoint-spec.ts';
import { VpcEndpoint } from '../../../../reconcilers/aws/ec2/vpc-endpoint/vpc-endpoint.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import {
  allowing,
  gatewayEndpoint,
  interfaceEndpoint,
  makeConnectedVpc,
  makeRouteTable,
  makeSecurityGroup,
  makeSubnetIn,
} from './gateway-samples.ts';
import { removeTagsOf } from './network-samples.ts';

describeResourceType(VpcEndpoint, async (aws): Promise<Fixture<VpcEndpointSpec, VpcEndpointOutputs>> => {
  const { ec2 } = aws;
  const gateways = await makeConnectedVpc(aws);

  // Names and zones of one endpoint would be in the way of another one in the same VPC.
  async function sampleInterface() {
    const vpcId = await makeConnectedVpc(aws);
    const subnetIds = [
      await makeSubnetIn(aws, vpcId, 'a', '10.0.1.0/24'),
      await makeSubnetIn(aws, vpcId, 'b', '10.0.2.0/24'),
    ];
    return interfaceEndpoint(aws, vpcId, {
      subnetIds,
      securityGroupIds: [await makeSecurityGroup(aws, vpcId, 'endpoints')],
    });
  }

  const tables = [await makeRouteTable(aws, gateways), await makeRouteTable(aws, gateways)];
  const inBothZones = await sampleInterface();
  const [inOneZone = ''] = inBothZones.subnetIds;
  const another = await makeSecurityGroup(aws, inBothZones.vpcId, 'another');

  return {
    spec: sampleInterface,
    pending: true,
    removeTags: removeTagsOf(aws),

    fields: {
      vpcId: 'immutable',
      serviceName: 'immutable',
      endpointType: 'immutable',
      policy: {
        another: allowing('kms:Decrypt'),
        changeFromOutside: ({ id: VpcEndpointId }) =>
          ec2.send(
            new ModifyVpcEndpointCommand({ VpcEndpointId, PolicyDocument: JSON.stringify(allowing('*')) }),
          ),
      },
      routeTableIds: {
        given: gatewayEndpoint(aws, gateways),
        another: tables.slice(0, 1),
        changeFromOutside: ({ id: VpcEndpointId }) =>
          ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, AddRouteTableIds: tables.slice(1) })),
      },
      subnetIds: {
        given: inBothZones,
        another: [inOneZone],
        changeFromOutside: ({ id: VpcEndpointId }) =>
          ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, RemoveSubnetIds: [inOneZone] })),
      },
      securityGroupIds: {
        given: inBothZones,
        another: [another],
        changeFromOutside: ({ id: VpcEndpointId }) =>
          ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, AddSecurityGroupIds: [another] })),
      },
      privateDns: {
        another: true,
        changeFromOutside: ({ id: VpcEndpointId }) =>
          ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, PrivateDnsEnabled: true })),
      },
    },
  };
});
