import { expect, test } from 'vitest';
import { NotFound, NotReady } from '../../../../controller/engine/errors.ts';
import { throwUnsuccessful } from '../../../../reconcilers/aws/ec2/unsuccessful.ts';

const $metadata = { httpStatusCode: 200, requestId: 'abc' };

function answerWith(Code: string) {
  const item = { ResourceId: 'vpce-1', Error: { Code, Message: 'EC2 says no' } };
  return { $metadata, Unsuccessful: [item] };
}

test('an answer without errors is a success', () => {
  expect(() => throwUnsuccessful('DeleteVpcEndpoints', { $metadata })).not.toThrow();
  expect(() => throwUnsuccessful('DeleteVpcEndpoints', { $metadata, Unsuccessful: [] })).not.toThrow();
});

test.each([
  ['InvalidVpcEndpointId.NotFound', NotFound],
  ['OperationInProgress', NotReady],
])('%s inside an answer is what it would be outside', (code, Class) => {
  expect(() => throwUnsuccessful('DeleteVpcEndpoints', answerWith(code))).toThrow(Class);
});

test('the message has the operation, the words of AWS, the code and the request', () => {
  expect(() => throwUnsuccessful('CreateFlowLogs', answerWith('FlowLogAlreadyExists'))).toThrow(
    'CreateFlowLogs: EC2 says no (FlowLogAlreadyExists, request abc)',
  );
});

test('an error that nobody knows is not taken for the status of the answer', () => {
  const answer = { $metadata: { ...$metadata, httpStatusCode: 404 }, Unsuccessful: [{ ResourceId: 'fl-1' }] };
  let thrown: unknown;
  try {
    throwUnsuccessful('DeleteFlowLogs', answer);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Error);
  expect(thrown).not.toBeInstanceOf(NotFound);
  expect(String(thrown)).toContain('fl-1');
});
