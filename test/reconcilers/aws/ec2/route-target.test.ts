import { describe, expect, test } from 'vitest';
import {
  destinationOf,
  destinationParameter,
  targetOf,
  targetParameter,
} from '../../../../reconcilers/aws/ec2/route-table/route-target.ts';

describe('a route', () => {
  test.each([
    ['igw-1', 'GatewayId'],
    ['vgw-1', 'GatewayId'],
    ['nat-1', 'NatGatewayId'],
    ['tgw-1', 'TransitGatewayId'],
    ['pcx-1', 'VpcPeeringConnectionId'],
    ['eni-1', 'NetworkInterfaceId'],
    ['eigw-1', 'EgressOnlyInternetGatewayId'],
    ['cagw-1', 'CarrierGatewayId'],
    ['lgw-1', 'LocalGatewayId'],
    ['arn:aws:networkmanager::123456789012:core-network/core-network-1', 'CoreNetworkArn'],
    ['arn:aws:odb:eu-west-1:123456789012:odb-network/odbnet_1', 'OdbNetworkArn'],
  ])('to %s is asked for as %s, and shown as it was asked for', (target, parameter) => {
    expect(targetParameter(target)).toEqual({ [parameter]: target });
    expect(targetOf(targetParameter(target))).toBe(target);
  });

  test('to an endpoint of a Gateway Load Balancer is asked for as an endpoint, and shown by EC2 as a gateway', () => {
    expect(targetParameter('vpce-1')).toEqual({ VpcEndpointId: 'vpce-1' });
    expect(targetOf({ GatewayId: 'vpce-1' })).toBe('vpce-1');
  });

  test('to an instance is shown by its interface, which can be asked for', () => {
    expect(targetOf({ InstanceId: 'i-1', NetworkInterfaceId: 'eni-1' })).toBe('eni-1');
    expect(targetOf({ InstanceId: 'i-1' })).toBe('i-1');
  });

  test.each(['i-1', 'subnet-1', 'local', ''])('to %j cannot be asked for', (target) => {
    expect(() => targetParameter(target)).toThrow(expect.objectContaining({ reason: 'InvalidSpec' }));
  });

  test.each([
    ['0.0.0.0/0', 'DestinationCidrBlock'],
    ['::/0', 'DestinationIpv6CidrBlock'],
    ['pl-1', 'DestinationPrefixListId'],
  ])('from %s says so as %s', (destination, parameter) => {
    expect(destinationParameter(destination)).toEqual({ [parameter]: destination });
    expect(destinationOf(destinationParameter(destination))).toBe(destination);
  });
});
