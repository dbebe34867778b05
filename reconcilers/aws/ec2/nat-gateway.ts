import {
  CreateNatGatewayCommand,
  DeleteNatGatewayCommand,
  paginateDescribeNatGateways,
  type NatGateway as SdkNatGateway,
} from '@aws-sdk/client-ec2';
import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import type { NatGatewayOutputs, NatGatewaySpec } from './nat-gateway-spec.ts';
import { OwnedResources, OWNERS_PER_LIST, SETTLE_TIME, type Owned } from './owned.ts';
import { setTags, tagSpecification } from './tags.ts';
import { collect } from '../pages.ts';

const natGateways = new OwnedResources<SdkNatGateway>({
  idFilter: 'nat-gateway-id',
  idOf: (nat) => nat.NatGatewayId,
  tagsOf: (nat) => nat.Tags,
  async describe({ ec2: client }, Filter) {
    const found = await collect(
      paginateDescribeNatGateways({ client }, { Filter }),
      (page) => page.NatGateways,
    );
    // EC2 goes on showing them, with their tags, for about an hour.
    return found.filter(({ State }) => State !== 'deleted');
  },
});

/**
 * The way to the internet, and none back, for one zone's private subnets. Secondary addresses, which people
 * add when the connections of one address are used up, are not compared: they do not take the place of the
 * first one, and to take them away would cut whatever is using them.
 */
export const NatGateway: ResourceType<NatGatewaySpec, NatGatewayOutputs, Aws> = {
  name: 'ec2/nat-gateway',
  fields: {
    subnetId: { severity: 'availability', immutable: true },
    allocationId: { severity: 'availability', immutable: true },
  },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  async list(aws, queries) {
    return (await natGateways.list(aws, queries)).map(observed);
  },

  async create({ ec2 }, spec, creation) {
    const { NatGateway: nat } = await ec2.send(
      new CreateNatGatewayCommand({
        ConnectivityType: 'public',
        SubnetId: spec.subnetId,
        AllocationId: spec.allocationId,
        TagSpecifications: tagSpecification('natgateway', creation.tags),
      }),
    );
    // It takes a minute or two until it can be used.
    return { id: nat?.NatGatewayId ?? '' };
  },

  /** None of its fields can be changed. */
  async update() {},

  async delete({ ec2 }, { id }) {
    await ifThere(ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id })));
  },

  setTags,
};

function observed({ item, ...identity }: Owned<SdkNatGateway>) {
  // Of one that is pending EC2 may not say yet which address is the primary one, when there is only one.
  const address = item.NatGatewayAddresses?.find(({ IsPrimary }) => IsPrimary !== false);
  return {
    ...identity,
    ...stateOf(item),
    spec: { subnetId: item.SubnetId ?? '', allocationId: address?.AllocationId ?? '' },
    outputs: { natGatewayId: identity.id },
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html */
function stateOf({ State, FailureCode, FailureMessage }: SdkNatGateway) {
  switch (State) {
    case 'available':
      return { state: 'ready' } as const;
    case 'deleting':
      return { state: 'deleting' } as const;
    case 'failed':
      return {
        state: 'failed',
        message: `${FailureCode ?? 'no code'}: ${FailureMessage ?? 'no reason given'}`,
      } as const;
    case 'deleted':
      return { state: 'deleting' } as const;
    case 'pending':
    case undefined:
      return { state: 'pending' } as const;
  }
}
