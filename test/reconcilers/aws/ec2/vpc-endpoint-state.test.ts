import { expect, test } from 'vitest';
import { stateOfEndpoint } from '../../../../reconcilers/aws/ec2/vpc-endpoint/vpc-endpoint-state.ts';

test.each([
  ['Available', 'ready', undefined],
  ['Pending', 'pending', 'is pending'],
  ['PendingAcceptance', 'pending', 'waits until the owner of com.example accepts it'],
  ['Partial', 'pending', 'is available in part: no reason given'],
  ['Deleting', 'deleting', undefined],
  ['Rejected', 'failed', 'rejected'],
  ['Failed', 'failed', 'failed'],
  ['Expired', 'failed', 'expired'],
] as const)('a VPC endpoint that is %s, in whatever case, is %s', (State, state, message) => {
  const expected = message === undefined ? { state } : { state, message };
  expect(stateOfEndpoint({ State, ServiceName: 'com.example' })).toEqual(expected);
  const answer = { ServiceName: 'com.example' };
  Object.assign(answer, { State: State.charAt(0).toLowerCase() + State.slice(1) });
  expect(stateOfEndpoint(answer)).toEqual(expected);
});

test('a VPC endpoint that failed says why in the words of EC2', () => {
  const LastError = { Code: 'InternalError', Message: 'no address is free' };
  expect(stateOfEndpoint({ State: 'Failed', LastError })).toEqual({
    state: 'failed',
    message: 'failed: no address is free',
  });
});
