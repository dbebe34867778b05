import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  DeleteInternetGatewayCommand,
  DetachInternetGatewayCommand,
  paginateDescribeInternetGateways,
  type InternetGateway as SdkInternetGateway,
} from '@aws-sdk/client-ec2';
import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { removeUnused, publicInterfacesIn } from './blockers.ts';
import type { InternetGatewayOutputs, InternetGatewaySpec } from './internet-gateway-spec.ts';
import { OwnedResources, OWNERS_PER_LIST, SETTLE_TIME, type Owned } from './owned.ts';
import { setTags, tagSpecification } from './tags.ts';
import { collect } from '../pages.ts';

const internetGateways = new OwnedResources<SdkInternetGateway>({
  idFilter: 'internet-gateway-id',
  idOf: (gateway) => gateway.InternetGatewayId,
  tagsOf: (gateway) => gateway.Tags,
  async describe({ ec2: client }, Filters) {
    return collect(
      paginateDescribeInternetGateways({ client }, { Filters }),
      (page) => page.InternetGateways,
    );
  },
});

/** The way between a VPC and the internet. */
export const InternetGateway: ResourceType<InternetGatewaySpec, InternetGatewayOutputs, Aws> = {
  name: 'ec2/internet-gateway',
  fields: { vpcId: { severity: 'availability' } },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  async list(aws, queries) {
    return (await internetGateways.list(aws, queries)).map(observed);
  },

  async create(aws, spec, creation) {
    const { InternetGateway: gateway } = await aws.ec2.send(
      new CreateInternetGatewayCommand({
        TagSpecifications: tagSpecification('internet-gateway', creation.tags),
      }),
    );
    const internetGatewayId = gateway?.InternetGatewayId ?? '';
    try {
      await attach(aws, internetGatewayId, spec.vpcId);
    } catch {
      // An error from here would read as if no gateway had been made; the next pass sees what is missing.
      return { id: internetGatewayId };
    }
    return { id: internetGatewayId, outputs: { internetGatewayId } };
  },

  async update(aws, current, spec) {
    if (current.spec.vpcId === spec.vpcId) return;
    await detach(aws, current.id, current.spec.vpcId);
    await attach(aws, current.id, spec.vpcId);
  },

  async delete(aws, { id, spec }) {
    await detach(aws, id, spec.vpcId);
    await ifThere(aws.ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: id })));
  },

  setTags,
};

function observed({ item, ...identity }: Owned<SdkInternetGateway>) {
  return {
    ...identity,
    state: 'ready' as const,
    spec: { vpcId: attachedTo(item) },
    outputs: { internetGatewayId: identity.id },
  };
}

/** It has one VPC at most. */
function attachedTo({ Attachments = [] }: SdkInternetGateway): string | undefined {
  return Attachments.find(({ State }) => State !== 'detaching' && State !== 'detached')?.VpcId;
}

async function attach({ ec2 }: Aws, InternetGatewayId: string, VpcId: string | undefined): Promise<void> {
  if (VpcId === undefined) return;
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
}

/** EC2 keeps a gateway where it is while something in the VPC has a public address. */
async function detach(aws: Aws, InternetGatewayId: string, VpcId: string | undefined): Promise<void> {
  if (VpcId === undefined) return;
  const remove = () => aws.ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  await removeUnused(aws, InternetGatewayId, remove, () =>
    publicInterfacesIn(aws, { Name: 'vpc-id', Values: [VpcId] }),
  );
}
