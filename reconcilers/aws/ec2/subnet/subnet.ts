import {
  CreateSubnetCommand,
  DeleteSubnetCommand,
  ModifySubnetAttributeCommand,
  paginateDescribeSubnets,
  type Subnet as SdkSubnet,
} from '@aws-sdk/client-ec2';
import type { OwnerQuery, ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { collect } from '../../pages.ts';
import { foreignInterfacesIn, interfacesIn, removeUnused } from '../blockers.ts';
import { networkAcls } from '../network-acl/network-acl-search.ts';
import { OwnedResources, OWNERS_PER_LIST, SETTLE_TIME, type Owned } from '../owned.ts';
import { setTags, tagSpecification } from '../tags.ts';
import { readNetworkAclIds, writeNetworkAclId } from './subnet-network-acl.ts';
import type { SubnetOutputs, SubnetSpec } from './subnet-spec.ts';

const subnets = new OwnedResources<SdkSubnet>({
  idFilter: 'subnet-id',
  idOf: (subnet) => subnet.SubnetId,
  tagsOf: (subnet) => subnet.Tags,
  async describe({ ec2: client }, Filters) {
    return collect(paginateDescribeSubnets({ client }, { Filters }), (page) => page.Subnets);
  },
});

/** A range of addresses in one availability zone, behind one network ACL. */
export const Subnet: ResourceType<SubnetSpec, SubnetOutputs, Aws> = {
  name: 'ec2/subnet',
  fields: {
    vpcId: { severity: 'availability', immutable: true },
    availabilityZone: { severity: 'availability', immutable: true },
    cidrBlock: { severity: 'availability', immutable: true },
    mapPublicIpOnLaunch: { severity: 'security' },
    networkAclId: { severity: 'security' },
  },
  absence: 'availability',
  holdsData: false,
  irreplaceable: true,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listSubnets,

  async create(aws, spec, creation) {
    const { Subnet: subnet } = await aws.ec2.send(
      new CreateSubnetCommand({
        VpcId: spec.vpcId,
        AvailabilityZone: spec.availabilityZone,
        CidrBlock: spec.cidrBlock,
        TagSpecifications: tagSpecification('subnet', creation.tags),
      }),
    );
    const subnetId = subnet?.SubnetId ?? '';
    try {
      if (spec.networkAclId !== 'default') await writeNetworkAclId(aws, subnetId, spec);
      if (spec.mapPublicIpOnLaunch) await writePublicIpOnLaunch(aws, subnetId, true);
    } catch {
      // An error from here would read as if no subnet had been made; the next pass sees what is missing.
      return { id: subnetId };
    }
    return { id: subnetId, outputs: { subnetId } };
  },

  async update(aws, { id, spec: current }, spec) {
    if (current.networkAclId !== spec.networkAclId) await writeNetworkAclId(aws, id, spec);
    if (current.mapPublicIpOnLaunch !== spec.mapPublicIpOnLaunch)
      await writePublicIpOnLaunch(aws, id, spec.mapPublicIpOnLaunch);
  },

  async delete(aws, { id }) {
    const remove = () => aws.ec2.send(new DeleteSubnetCommand({ SubnetId: id }));
    await removeUnused(aws, id, remove, () => interfacesIn(aws, { Name: 'subnet-id', Values: [id] }));
  },

  usersOf: (aws, going) =>
    foreignInterfacesIn(
      aws,
      'subnet-id',
      going.map(({ id }) => id),
    ),

  setTags,
};

async function listSubnets(aws: Aws, queries: readonly OwnerQuery[]) {
  const owners = queries.map(({ owner }) => owner);
  const [found, acls] = await Promise.all([subnets.list(aws, queries), networkAcls.tagged(aws, owners)]);
  const ids = found.map(({ id }) => id);
  const aclIds = await readNetworkAclIds(aws, ids, acls);
  return found.map((subnet) => observed(subnet, aclIds.get(subnet.id)));
}

/** Every subnet has a network ACL; of a new one EC2 may not show it yet. */
function observed({ item, ...identity }: Owned<SdkSubnet>, networkAclId: string | undefined) {
  return {
    ...identity,
    ...stateOf(item, networkAclId),
    spec: {
      vpcId: item.VpcId ?? '',
      availabilityZone: item.AvailabilityZone ?? '',
      cidrBlock: item.CidrBlock ?? '',
      mapPublicIpOnLaunch: item.MapPublicIpOnLaunch === true,
      networkAclId: networkAclId ?? 'default',
    },
    outputs: { subnetId: identity.id },
  };
}

function stateOf({ State }: SdkSubnet, networkAclId: string | undefined) {
  if (State === 'failed' || State === 'failed-insufficient-capacity')
    return { state: 'failed', message: `EC2 says ${State}` } as const;
  if (networkAclId === undefined) return { state: 'pending', message: 'has no network ACL yet' } as const;
  if (State === 'available') return { state: 'ready' } as const;
  return { state: 'pending', message: `is ${State ?? 'in no state yet'}` } as const;
}

/** One attribute per call: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html */
async function writePublicIpOnLaunch({ ec2 }: Aws, SubnetId: string, Value: boolean): Promise<void> {
  await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value } }));
}
