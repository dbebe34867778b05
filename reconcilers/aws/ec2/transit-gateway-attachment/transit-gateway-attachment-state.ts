import type { TransitGatewayVpcAttachment } from '@aws-sdk/client-ec2';
import type { Observed } from '../../../../controller/engine/resource-type.ts';

/** https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-lifecycle */
export function stateOfAttachment({
  State,
  TransitGatewayId = 'the transit gateway',
}: TransitGatewayVpcAttachment): Pick<Observed, 'state' | 'message'> {
  switch (State) {
    case 'available':
      return { state: 'ready' };
    case 'deleting':
    case 'deleted':
      return { state: 'deleting' };
    case 'failed':
      return { state: 'failed', message: 'EC2 gives no reason' };
    case 'rejected':
      return { state: 'failed', message: `the owner of ${TransitGatewayId} rejected it` };
    case 'pendingAcceptance':
      return { state: 'pending', message: `waits until the owner of ${TransitGatewayId} accepts it` };
    case 'rejecting':
      return { state: 'pending', message: `is being rejected by the owner of ${TransitGatewayId}` };
    case 'failing':
      return { state: 'pending', message: 'is failing' };
    case 'modifying':
      return { state: 'pending', message: 'is being modified' };
    case 'rollingBack':
      return { state: 'pending', message: 'could not be modified and goes back to what it was' };
    case 'initiating':
    case 'initiatingRequest':
    case 'pending':
    case undefined:
      return { state: 'pending', message: 'is pending' };
  }
}
