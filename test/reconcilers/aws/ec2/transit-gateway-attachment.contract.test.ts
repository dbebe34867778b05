import { ModifyTransitGatewayVpcAttachmentCommand } from '@aws-sdk/client-ec2';
import type {
  TransitGatewayAttachmentOutputs,
  TransitGatewayAttachmentSpec,
} from '../../../../reconcilers/aws/ec2/transit-gateway-attachment/transit-gateway-attachment-spec.ts';
import { TransitGatewayAttachment } from '../../../../reconcilers/aws/ec2/transit-gateway-attachment/transit-gateway-attachment.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeConnectedVpc, makeSubnetIn, makeTransitGateway } from './gateway-samples.ts';
import { removeTagsOf } from './network-samples.ts';

type Sample = Fixture<TransitGatewayAttachmentSpec, TransitGatewayAttachmentOutputs>;

describeResourceType(TransitGatewayAttachment, async (aws): Promise<Sample> => {
  const { ec2 } = aws;

  // A VPC is attached to a transit gateway once, so each sample has its own gateway.
  const vpcId = await makeConnectedVpc(aws);
  const one = await makeSubnetIn(aws, vpcId, 'a', '10.0.1.0/24');
  const other = await makeSubnetIn(aws, vpcId, 'b', '10.0.2.0/24');

  return {
    spec: async () => ({
      transitGatewayId: await makeTransitGateway(aws),
      vpcId,
      subnetIds: [one],
      dnsSupport: true,
      applianceModeSupport: false,
    }),
    pending: true,
    removeTags: removeTagsOf(aws),

    fields: {
      transitGatewayId: 'immutable',
      vpcId: 'immutable',
      subnetIds: {
        another: [other],
        changeFromOutside: ({ id: TransitGatewayAttachmentId }) =>
          ec2.send(
            new ModifyTransitGatewayVpcAttachmentCommand({
              TransitGatewayAttachmentId,
              AddSubnetIds: [other],
            }),
          ),
      },
      dnsSupport: {
        another: false,
        changeFromOutside: ({ id: TransitGatewayAttachmentId }) =>
          ec2.send(
            new ModifyTransitGatewayVpcAttachmentCommand({
              TransitGatewayAttachmentId,
              Options: { DnsSupport: 'disable' },
            }),
          ),
      },
      applianceModeSupport: {
        another: true,
        changeFromOutside: ({ id: TransitGatewayAttachmentId }) =>
          ec2.send(
            new ModifyTransitGatewayVpcAttachmentCommand({
              TransitGatewayAttachmentId,
              Options: { ApplianceModeSupport: 'enable' },
            }),
          ),
      },
    },
  };
});
