import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTransitGatewayCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import type { NatGatewaySpec } from '../../../../reconcilers/aws/ec2/nat-gateway-spec.ts';
import type { VpcEndpointSpec } from '../../../../reconcilers/aws/ec2/vpc-endpoint/vpc-endpoint-spec.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { PolicyDocument } from '../../../../reconcilers/aws/policy-document.ts';
import { idOf, makeInternetGateway, makeSubnet, makeVpc } from './network-samples.ts';

/** A VPC that is connected to the internet, in which names of endpoints can be private. */
export async function makeConnectedVpc(aws: Aws): Promise<string> {
  const VpcId = await makeVpc(aws);
  const InternetGatewayId = await makeInternetGateway(aws);
  await aws.ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  await aws.ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  return VpcId;
}

export async function makeSubnetIn(
  { ec2, region }: Aws,
  VpcId: string,
  zone: 'a' | 'b' | 'c',
  CidrBlock: string,
): Promise<string> {
  const AvailabilityZone = `${region}${zone}`;
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
  return idOf(Subnet?.SubnetId);
}

export async function makeSecurityGroup({ ec2 }: Aws, VpcId: string, GroupName: string): Promise<string> {
  const group = { VpcId, GroupName, Description: 'for endpoints' };
  return idOf((await ec2.send(new CreateSecurityGroupCommand(group))).GroupId);
}

export async function makeRouteTable({ ec2 }: Aws, VpcId: string): Promise<string> {
  return idOf((await ec2.send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId);
}

export async function makeAddress({ ec2 }: Aws): Promise<string> {
  return idOf((await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }))).AllocationId);
}

export async function makeTransitGateway({ ec2 }: Aws): Promise<string> {
  const { TransitGateway } = await ec2.send(new CreateTransitGatewayCommand());
  return idOf(TransitGateway?.TransitGatewayId);
}

/** A NAT gateway with an address of its own in a VPC of its own. */
export async function sampleNatGateway(aws: Aws): Promise<NatGatewaySpec> {
  const subnetId = await makeSubnet(aws, await makeConnectedVpc(aws), '10.0.1.0/24');
  return { subnetId, allocationId: await makeAddress(aws) };
}

/** Allows one action to everybody who gets to the endpoint. */
export function allowing(action: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: '*' }],
  };
}

export function gatewayEndpoint({ region }: Aws, vpcId: string): VpcEndpointSpec {
  return {
    vpcId,
    serviceName: `com.amazonaws.${region}.s3`,
    endpointType: 'Gateway',
    policy: allowing('s3:*'),
    routeTableIds: [],
    subnetIds: [],
    securityGroupIds: [],
    privateDns: false,
  };
}

export function interfaceEndpoint(
  { region }: Aws,
  vpcId: string,
  place: Pick<VpcEndpointSpec, 'subnetIds' | 'securityGroupIds'>,
): VpcEndpointSpec {
  return {
    vpcId,
    serviceName: `com.amazonaws.${region}.kms`,
    endpointType: 'Interface',
    policy: allowing('kms:*'),
    routeTableIds: [],
    privateDns: false,
    ...place,
  };
}
