import {
  CreateVpcCommand,
  DeleteVpcCommand,
  paginateDescribeVpcs,
  type Vpc as SdkVpc,
} from '@aws-sdk/client-ec2';
import type { OwnerQuery, ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { collect } from '../../pages.ts';
import { removeUnused } from '../blockers.ts';
import { OwnedResources, OWNERS_PER_LIST, SETTLE_TIME, type Owned } from '../owned.ts';
import { setTags, tagSpecification } from '../tags.ts';
import { contentsOfVpc } from './vpc-contents.ts';
import { forgetVpcDns, readVpcDns, writeVpcDns, type VpcDns } from './vpc-dns.ts';
import type { VpcOutputs, VpcSpec } from './vpc-spec.ts';

const vpcs = new OwnedResources<SdkVpc>({
  idFilter: 'vpc-id',
  idOf: (vpc) => vpc.VpcId,
  tagsOf: (vpc) => vpc.Tags,
  async describe({ ec2: client }, Filters) {
    return collect(paginateDescribeVpcs({ client }, { Filters }), (page) => page.Vpcs);
  },
});

/** What a VPC is made with; host names are off until they are switched on. */
const dnsOfNew: VpcDns = { dnsSupport: true, dnsHostnames: false };

/** A virtual network. */
export const Vpc: ResourceType<VpcSpec, VpcOutputs, Aws> = {
  name: 'ec2/vpc',
  fields: {
    cidrBlock: { severity: 'availability', immutable: true },
    tenancy: { severity: 'cost', immutable: true },
    dnsSupport: { severity: 'availability' },
    dnsHostnames: { severity: 'availability' },
  },
  absence: 'availability',
  holdsData: false,
  irreplaceable: true,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listVpcs,

  async create(aws, spec, creation) {
    const { Vpc: vpc } = await aws.ec2.send(
      new CreateVpcCommand({
        CidrBlock: spec.cidrBlock,
        InstanceTenancy: spec.tenancy,
        TagSpecifications: tagSpecification('vpc', creation.tags),
      }),
    );
    const vpcId = vpc?.VpcId ?? '';
    try {
      await writeVpcDns(aws, vpcId, dnsOfNew, spec);
    } catch {
      // An error from here would read as if no VPC had been made; the next pass sees what is missing.
      return { id: vpcId };
    }
    return { id: vpcId, outputs: { vpcId } };
  },

  async update(aws, current, spec) {
    await writeVpcDns(aws, current.id, current.spec, spec);
  },

  async delete(aws, current) {
    const remove = () => aws.ec2.send(new DeleteVpcCommand({ VpcId: current.id }));
    await removeUnused(aws, current.id, remove, () => contentsOfVpc(aws, current.id));
    forgetVpcDns(aws, current.id);
  },

  setTags,
};

async function listVpcs(aws: Aws, queries: readonly OwnerQuery[]) {
  const found = await vpcs.list(aws, queries);
  const dns = await readVpcDns(
    aws,
    found.map(({ id }) => id),
  );
  return found.flatMap((vpc) => {
    const settings = dns.get(vpc.id);
    return settings === undefined ? [] : [observed(vpc, settings)];
  });
}

function observed({ item, ...identity }: Owned<SdkVpc>, dns: VpcDns) {
  return {
    ...identity,
    state: item.State === 'pending' ? ('pending' as const) : ('ready' as const),
    spec: {
      cidrBlock: item.CidrBlock ?? '',
      tenancy: item.InstanceTenancy ?? ('default' as const),
      ...dns,
    },
    outputs: { vpcId: identity.id },
  };
}
