import {
  AllocateAddressCommand,
  DescribeAddressesCommand,
  ReleaseAddressCommand,
  type Address,
} from '@aws-sdk/client-ec2';
import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { removeUnused, interfacesIn } from './blockers.ts';
import type { ElasticIpOutputs, ElasticIpSpec } from './elastic-ip-spec.ts';
import { OwnedResources, OWNERS_PER_LIST, SETTLE_TIME, type Owned } from './owned.ts';
import { setTags, tagSpecification } from './tags.ts';

const addresses = new OwnedResources<Address>({
  idFilter: 'allocation-id',
  idOf: (address) => address.AllocationId,
  tagsOf: (address) => address.Tags,
  // It answers with everything at once: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html
  async describe({ ec2 }, Filters) {
    return (await ec2.send(new DescribeAddressesCommand({ Filters }))).Addresses ?? [];
  },
});

/** A public IPv4 address that stays the account's until it is released. */
export const ElasticIp: ResourceType<ElasticIpSpec, ElasticIpOutputs, Aws> = {
  name: 'ec2/elastic-ip',
  fields: { domain: { severity: 'availability', immutable: true } },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  async list(aws, queries) {
    return (await addresses.list(aws, queries)).map(observed);
  },

  async create({ ec2 }, spec, creation) {
    const { AllocationId: allocationId = '', PublicIp: publicIp = '' } = await ec2.send(
      new AllocateAddressCommand({
        Domain: spec.domain,
        TagSpecifications: tagSpecification('elastic-ip', creation.tags),
      }),
    );
    return { id: allocationId, outputs: { allocationId, publicIp } };
  },

  /** Its only field cannot be changed. */
  async update() {},

  async delete(aws, { id }) {
    const remove = () => aws.ec2.send(new ReleaseAddressCommand({ AllocationId: id }));
    await removeUnused(aws, id, remove, () => usersOf(aws, id));
  },

  setTags,
};

function observed({ item, ...identity }: Owned<Address>) {
  return {
    ...identity,
    state: 'ready' as const,
    spec: { domain: item.Domain ?? ('vpc' as const) },
    outputs: { allocationId: identity.id, publicIp: item.PublicIp ?? '' },
  };
}

/** The description of an interface says for what it is: `Interface for NAT Gateway nat-0123`. */
async function usersOf(aws: Aws, allocationId: string): Promise<readonly string[]> {
  const found = await addresses.byIds(aws, [allocationId]);
  const interfaceIds = found.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []);
  if (interfaceIds.length === 0) return [];
  return interfacesIn(aws, { Name: 'network-interface-id', Values: interfaceIds });
}
