import type { OtherObjects, SpecFault } from '../../controller/engine/kind.ts';
import { checkEndpoints } from './checks/endpoints.ts';
import { checkFlowLogs } from './checks/flow-logs.ts';
import { checkIngress } from './checks/ingress.ts';
import { checkNeighbours } from './checks/neighbours.ts';
import { checkPorts } from './checks/ports.ts';
import { checkSubnets } from './checks/subnets.ts';
import { checkTransitGateway } from './checks/transit-gateway.ts';
import { checkZones } from './checks/zones.ts';
import type { FintechNetworkSpec } from './spec.ts';

/** What AWS would refuse, or what would do something else than it seems to say. */
export function checkFintechNetwork(spec: FintechNetworkSpec, others: OtherObjects): readonly SpecFault[] {
  return [
    ...checkSubnets(spec),
    ...checkNeighbours(spec, others),
    ...checkZones(spec, others),
    ...checkPorts(spec),
    ...checkIngress(spec),
    ...checkEndpoints(spec),
    ...checkTransitGateway(spec),
    ...checkFlowLogs(spec, others),
  ];
}
