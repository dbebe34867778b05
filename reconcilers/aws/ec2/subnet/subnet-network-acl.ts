import { ReplaceNetworkAclAssociationCommand, type NetworkAcl } from '@aws-sdk/client-ec2';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { networkAcls } from '../network-acl/network-acl-search.ts';
import type { SubnetSpec } from './subnet-spec.ts';

/** EC2 tells which subnets an ACL has, not which ACL a subnet has. */
const SUBNET_FILTER = 'association.subnet-id';

/** The network ACL of each subnet, as in {@link SubnetSpec}; `known` are those that were read already. */
export async function readNetworkAclIds(
  aws: Aws,
  subnetIds: readonly string[],
  known: readonly NetworkAcl[],
): Promise<ReadonlyMap<string, string>> {
  const inKnown = bySubnet(known);
  const others = subnetIds.filter((id) => !inKnown.has(id));
  const found = others.length === 0 ? [] : await networkAcls.filtered(aws, SUBNET_FILTER, others);
  return new Map([...inKnown, ...bySubnet(found)]);
}

/** The network ACL changes in one call, so that the subnet is never without one. */
export async function writeNetworkAclId(
  aws: Aws,
  subnetId: string,
  { networkAclId, vpcId }: Pick<SubnetSpec, 'networkAclId' | 'vpcId'>,
): Promise<void> {
  const NetworkAclId = networkAclId === 'default' ? await defaultNetworkAclId(aws, vpcId) : networkAclId;
  const found = await networkAcls.filtered(aws, SUBNET_FILTER, [subnetId]);
  const association = found
    .flatMap(({ Associations = [] }) => Associations)
    .find(({ SubnetId }) => SubnetId === subnetId);
  if (association === undefined) throw new NotReady('has no network ACL yet that could be replaced');
  const AssociationId = association.NetworkAclAssociationId;
  await aws.ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
}

async function defaultNetworkAclId(aws: Aws, vpcId: string): Promise<string | undefined> {
  const found = await networkAcls.filtered(aws, 'vpc-id', [vpcId]);
  const acl = found.find(({ IsDefault }) => IsDefault === true);
  if (acl === undefined) throw new NotReady(`waits for the default network ACL of ${vpcId}`);
  return acl.NetworkAclId;
}

function bySubnet(acls: readonly NetworkAcl[]): ReadonlyMap<string, string> {
  return new Map(
    acls.flatMap(({ Associations = [], IsDefault, NetworkAclId = '' }) =>
      Associations.map(
        ({ SubnetId = '' }) => [SubnetId, IsDefault === true ? 'default' : NetworkAclId] as const,
      ),
    ),
  );
}
