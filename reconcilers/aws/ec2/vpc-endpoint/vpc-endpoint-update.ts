import { ModifyVpcEndpointCommand, type ModifyVpcEndpointCommandInput } from '@aws-sdk/client-ec2';
import type { Aws } from '../../cloud.ts';
import { samePolicy } from '../../policy-document.ts';
import { subnetMoves } from '../subnet/subnet-moves.ts';
import type { VpcEndpointSpec } from './vpc-endpoint-spec.ts';

type Modification = Omit<ModifyVpcEndpointCommandInput, 'VpcEndpointId'>;

/**
 * Brings an endpoint to its spec, in several calls: who may use it first, so that a private name or a subnet that
 * EC2 refuses does not keep that open. While an interface endpoint takes up a change, EC2 refuses the next one as
 * OperationInProgress, which is NotReady: what is left then is for the next pass.
 */
export async function updateEndpoint(
  aws: Aws,
  VpcEndpointId: string,
  current: VpcEndpointSpec,
  wanted: VpcEndpointSpec,
): Promise<void> {
  const modifications: readonly Modification[] = [
    { ...accessChanges(current, wanted), ...routeTableChanges(current, wanted) },
    current.privateDns === wanted.privateDns ? {} : { PrivateDnsEnabled: wanted.privateDns },
    ...(await subnetMoves(aws, current.subnetIds, wanted.subnetIds)),
  ];
  for (const changes of modifications) {
    if (Object.keys(changes).length > 0)
      await aws.ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, ...changes }));
  }
}

function accessChanges(current: VpcEndpointSpec, wanted: VpcEndpointSpec): Modification {
  const [added, removed] = changesOf(current.securityGroupIds, wanted.securityGroupIds);
  return {
    ...(samePolicy(wanted.policy, current.policy) ? {} : { PolicyDocument: JSON.stringify(wanted.policy) }),
    ...(added.length === 0 ? {} : { AddSecurityGroupIds: added }),
    ...(removed.length === 0 ? {} : { RemoveSecurityGroupIds: removed }),
  };
}

function routeTableChanges(current: VpcEndpointSpec, wanted: VpcEndpointSpec): Modification {
  const [added, removed] = changesOf(current.routeTableIds, wanted.routeTableIds);
  return {
    ...(added.length === 0 ? {} : { AddRouteTableIds: added }),
    ...(removed.length === 0 ? {} : { RemoveRouteTableIds: removed }),
  };
}

/** What is to be added, and what to be removed. */
function changesOf(
  current: readonly string[],
  wanted: readonly string[],
): readonly [added: string[], removed: string[]] {
  return [wanted.filter((id) => !current.includes(id)), current.filter((id) => !wanted.includes(id))];
}
