import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import type { Observed } from '../../../../controller/engine/resource-type.ts';

type State = Pick<Observed, 'state' | 'message'>;

/**
 * The documentation writes states in upper case, as `PendingAcceptance`; the service answers `pendingAcceptance`,
 * and for some types of endpoints otherwise: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html
 */
export function endpointIs(endpoint: VpcEndpoint, state: string): boolean {
  return nameOf(endpoint) === state;
}

export function stateOfEndpoint(endpoint: VpcEndpoint): State {
  const name = nameOf(endpoint);
  const reason = endpoint.LastError?.Message ?? endpoint.FailureReason;
  switch (name) {
    case 'available':
      return { state: 'ready' };
    case 'deleting':
      return { state: 'deleting' };
    case 'failed':
    case 'rejected':
    case 'expired':
      return { state: 'failed', message: reason === undefined ? name : `${name}: ${reason}` };
    case 'pendingacceptance':
      return {
        state: 'pending',
        message: `waits until the owner of ${endpoint.ServiceName ?? 'the service'} accepts it`,
      };
    // It answers in some zones. To make it anew would cut those off too.
    case 'partial':
      return { state: 'pending', message: `is available in part: ${reason ?? 'no reason given'}` };
    default:
      return { state: 'pending', message: reason === undefined ? `is ${name}` : `is ${name}: ${reason}` };
  }
}

function nameOf({ State }: VpcEndpoint): string {
  return State?.toLowerCase() ?? 'pending';
}
