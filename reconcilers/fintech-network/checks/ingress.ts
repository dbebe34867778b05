import type { SpecFault } from '../../../controller/engine/kind.ts';
import { parseCidr } from '../cidr.ts';
import type { FintechNetworkSpec } from '../spec.ts';

/** Where clients of the load balancer come from. */
export function checkIngress({ ingressCidrs }: FintechNetworkSpec): readonly SpecFault[] {
  return ingressCidrs.flatMap((cidr, index) => {
    const network = parseCidr(cidr);
    return 'fault' in network ? [{ path: ['ingressCidrs', index], message: network.fault }] : [];
  });
}
