import type { CreateRouteRequest, Route } from '@aws-sdk/client-ec2';
import { Terminal } from '../../../../controller/engine/errors.ts';

type Destination = Pick<
  CreateRouteRequest,
  'DestinationCidrBlock' | 'DestinationIpv6CidrBlock' | 'DestinationPrefixListId'
>;

type Target = Omit<CreateRouteRequest, 'RouteTableId' | 'DryRun' | keyof Destination>;

/** The parameter that takes a target, by the prefix of its id. */
const parameters: Readonly<Record<string, (id: string) => Target>> = {
  cagw: (CarrierGatewayId) => ({ CarrierGatewayId }),
  eigw: (EgressOnlyInternetGatewayId) => ({ EgressOnlyInternetGatewayId }),
  eni: (NetworkInterfaceId) => ({ NetworkInterfaceId }),
  igw: (GatewayId) => ({ GatewayId }),
  lgw: (LocalGatewayId) => ({ LocalGatewayId }),
  nat: (NatGatewayId) => ({ NatGatewayId }),
  pcx: (VpcPeeringConnectionId) => ({ VpcPeeringConnectionId }),
  tgw: (TransitGatewayId) => ({ TransitGatewayId }),
  vgw: (GatewayId) => ({ GatewayId }),
  vpce: (VpcEndpointId) => ({ VpcEndpointId }),
};

/** Where a route leads, by id; a core network by its ARN. An instance counts by its interface, which EC2 tells too. */
export function targetOf(route: Route): string {
  return (
    route.GatewayId ??
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.NetworkInterfaceId ??
    route.InstanceId ??
    route.EgressOnlyInternetGatewayId ??
    route.CarrierGatewayId ??
    route.LocalGatewayId ??
    route.CoreNetworkArn ??
    route.OdbNetworkArn ??
    ''
  );
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html */
export function targetParameter(target: string): Target {
  if (/^arn:[^:]+:networkmanager:/.test(target)) return { CoreNetworkArn: target };
  if (/^arn:[^:]+:odb:/.test(target)) return { OdbNetworkArn: target };
  const parameter = parameters[target.slice(0, target.indexOf('-'))];
  if (parameter === undefined)
    throw new Terminal(
      'InvalidSpec',
      `cannot have a route to ${target}: routes lead to gateways and interfaces`,
    );
  return parameter(target);
}

/** `0.0.0.0/0`, `::/0` or `pl-0123`. */
export function destinationOf(route: Route): string {
  return route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? '';
}

export function destinationParameter(destination: string): Destination {
  if (destination.startsWith('pl-')) return { DestinationPrefixListId: destination };
  return destination.includes(':')
    ? { DestinationIpv6CidrBlock: destination }
    : { DestinationCidrBlock: destination };
}
