import type { SpecFault } from '../../../controller/engine/kind.ts';
import { contains, everywhere, networkOf, parseCidr, type Network } from '../cidr.ts';
import type { FintechNetworkSpec } from '../spec.ts';

/**
 * Routes through the transit gateway: each a network, none inside the VPC. One that holds the VPC and more, as
 * 10.0.0.0/8, is fine: EC2 prefers the VPC's own, narrower route.
 */
export function checkTransitGateway(spec: FintechNetworkSpec): readonly SpecFault[] {
  const vpc = networkOf(spec.cidr);
  return (spec.transitGateway?.routes ?? []).flatMap((route, index) => {
    const network = parseCidr(route);
    const message = 'fault' in network ? network.fault : faultOf(network, vpc, spec);
    return message === undefined ? [] : [{ path: ['transitGateway', 'routes', index], message }];
  });
}

function faultOf(
  route: Network,
  vpc: Network | undefined,
  { natGateways }: FintechNetworkSpec,
): string | undefined {
  if (vpc !== undefined && contains(vpc, route))
    return `${route.cidr} overlaps the network's own cidr ${vpc.cidr}: its traffic would never reach the transit gateway`;
  if (route.cidr === everywhere && natGateways !== 'None')
    return `${route.cidr} leads to the NAT gateways already; it needs natGateways: None`;
  return undefined;
}
