import { expect, test } from 'vitest';
import { stateOfAttachment } from '../../../../reconcilers/aws/ec2/transit-gateway-attachment/transit-gateway-attachment-state.ts';

test.each([
  ['available', 'ready', undefined],
  ['initiatingRequest', 'pending', 'is pending'],
  ['pending', 'pending', 'is pending'],
  ['pendingAcceptance', 'pending', 'waits until the owner of tgw-1 accepts it'],
  ['modifying', 'pending', 'is being modified'],
  ['rollingBack', 'pending', 'could not be modified and goes back to what it was'],
  ['failing', 'pending', 'is failing'],
  ['rejecting', 'pending', 'is being rejected by the owner of tgw-1'],
  ['deleting', 'deleting', undefined],
  ['failed', 'failed', 'EC2 gives no reason'],
  ['rejected', 'failed', 'the owner of tgw-1 rejected it'],
] as const)('an attachment to a transit gateway that is %s is %s', (State, state, message) => {
  const expected = message === undefined ? { state } : { state, message };
  expect(stateOfAttachment({ State, TransitGatewayId: 'tgw-1' })).toEqual(expected);
});
