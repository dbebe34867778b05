import {
  CreateTransitGatewayVpcAttachmentCommand,
  DeleteTransitGatewayVpcAttachmentCommand,
  ModifyTransitGatewayVpcAttachmentCommand,
  type TransitGatewayVpcAttachment,
} from '@aws-sdk/client-ec2';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { sameUnordered } from '../../same.ts';
import { ifThere } from '../../if-there.ts';
import { OWNERS_PER_LIST, SETTLE_TIME, type Owned } from '../owned.ts';
import { setTags, tagSpecification } from '../tags.ts';
import { findAttachments } from './transit-gateway-attachment-search.ts';
import type {
  TransitGatewayAttachmentOutputs,
  TransitGatewayAttachmentSpec,
} from './transit-gateway-attachment-spec.ts';
import { stateOfAttachment } from './transit-gateway-attachment-state.ts';

/** Makes a VPC one of the networks that a transit gateway connects. */
export const TransitGatewayAttachment: ResourceType<
  TransitGatewayAttachmentSpec,
  TransitGatewayAttachmentOutputs,
  Aws
> = {
  name: 'ec2/transit-gateway-attachment',
  fields: {
    transitGatewayId: { severity: 'availability', immutable: true },
    vpcId: { severity: 'availability', immutable: true },
    subnetIds: { severity: 'availability', equals: sameUnordered },
    dnsSupport: { severity: 'availability' },
    applianceModeSupport: { severity: 'availability' },
  },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  async list(aws, queries) {
    return (await findAttachments(aws, queries)).map(observed);
  },

  async create({ ec2 }, spec, creation) {
    const { TransitGatewayVpcAttachment: attachment } = await ec2.send(
      new CreateTransitGatewayVpcAttachmentCommand({
        TransitGatewayId: spec.transitGatewayId,
        VpcId: spec.vpcId,
        SubnetIds: [...spec.subnetIds],
        Options: optionsOf(spec),
        TagSpecifications: tagSpecification('transit-gateway-attachment', creation.tags),
      }),
    );
    return { id: attachment?.TransitGatewayAttachmentId ?? '' };
  },

  /** All in one call: after it the attachment is `modifying`, and takes no other. */
  async update({ ec2 }, { id, spec: current }, spec) {
    const added = spec.subnetIds.filter((subnet) => !current.subnetIds.includes(subnet));
    const removed = current.subnetIds.filter((subnet) => !spec.subnetIds.includes(subnet));
    await ec2.send(
      new ModifyTransitGatewayVpcAttachmentCommand({
        TransitGatewayAttachmentId: id,
        ...(added.length === 0 ? {} : { AddSubnetIds: added }),
        ...(removed.length === 0 ? {} : { RemoveSubnetIds: removed }),
        Options: optionsOf(spec),
      }),
    );
  },

  async delete({ ec2 }, { id, state }) {
    const command = new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId: id });
    await ifThere(ec2.send(command)).catch((error: unknown) => {
      if (state !== 'failed' || !(error instanceof NotReady)) throw error;
      // https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-lifecycle
      throw new NotReady(`has failed and cannot be deleted: ${id} goes by itself two hours after it failed`, {
        cause: error,
      });
    });
  },

  setTags,
};

function optionsOf({ dnsSupport, applianceModeSupport }: TransitGatewayAttachmentSpec) {
  return { DnsSupport: switched(dnsSupport), ApplianceModeSupport: switched(applianceModeSupport) };
}

function switched(on: boolean): 'enable' | 'disable' {
  return on ? 'enable' : 'disable';
}

function observed({ item, ...identity }: Owned<TransitGatewayVpcAttachment>) {
  const transitGatewayId = item.TransitGatewayId ?? '';
  return {
    ...identity,
    ...stateOfAttachment(item),
    spec: {
      transitGatewayId,
      vpcId: item.VpcId ?? '',
      subnetIds: item.SubnetIds ?? [],
      dnsSupport: item.Options?.DnsSupport === 'enable',
      applianceModeSupport: item.Options?.ApplianceModeSupport === 'enable',
    },
    outputs: { attachmentId: identity.id, transitGatewayId },
  };
}
