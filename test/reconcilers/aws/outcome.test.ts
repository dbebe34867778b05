import { describe, expect, test } from 'vitest';
import {
  AccessDenied,
  Conflict,
  NotFound,
  NotReady,
  Terminal,
  Throttled,
} from '../../../controller/engine/errors.ts';
import {
  AlreadyExists,
  InOtherRegion,
  NoConfiguration,
  outcomeOf,
} from '../../../reconcilers/aws/outcome.ts';

/** An error as the SDK throws it. */
function sdkError(name: string, httpStatusCode?: number, requestId?: string): Error {
  const error = Object.assign(new Error('AWS says no'), { $metadata: { httpStatusCode, requestId } });
  error.name = name;
  return error;
}

describe('what an AWS error becomes', () => {
  test.each([
    ['s3', 'NoSuchLifecycleConfiguration', 404, NoConfiguration],
    ['s3', 'NoSuchBucket', 404, NotFound],
    ['s3', 'NotFound', 404, NotFound],
    ['s3', 'PermanentRedirect', 301, InOtherRegion],
    ['s3', 'BucketAlreadyExists', 409, AlreadyExists],
    ['s3', 'OperationAborted', 409, Conflict],
    ['s3', 'SlowDown', 503, Throttled],
    ['s3', 'UnknownError', 503, Throttled],
    ['kms', 'NotFoundException', 400, NotFound],
    ['kms', 'KMSInvalidStateException', 400, NotReady],
    ['kms', 'AlreadyExistsException', 400, AlreadyExists],
    ['iam', 'NoSuchEntity', 404, NotFound],
    ['iam', 'EntityAlreadyExists', 409, AlreadyExists],
    ['iam', 'DeleteConflict', 409, NotReady],
    ['ec2', 'DependencyViolation', 400, NotReady],
    ['ec2', 'InvalidVpcID.NotFound', 400, NotFound],
    ['ec2', 'RequestLimitExceeded', 503, Throttled],
    ['ec2', 'UnauthorizedOperation', 403, AccessDenied],
    ['rds', 'DBClusterNotFoundFault', 404, NotFound],
    ['rds', 'InvalidDBClusterStateFault', 400, NotReady],
    ['ecs', 'ThrottlingException', 400, Throttled],
    ['elbv2', 'ResourceInUse', 400, NotReady],
    ['dynamodb', 'TooManyRequestsException', 429, Throttled],
    ['dynamodb', 'ConcurrentModificationException', 400, Conflict],
    ['sts', 'AccessDenied', 403, AccessDenied],
  ])('%s %s', (service, code, status, Class) => {
    expect(outcomeOf(service, 'Operation', sdkError(code, status))).toBeInstanceOf(Class);
  });

  test.each([
    ['s3', 'InvalidBucketName', 'InvalidSpec'],
    ['s3', 'MalformedXML', 'InvalidSpec'],
    ['s3', 'TooManyBuckets', 'QuotaExceeded'],
    ['s3', 'BucketNotEmpty', 'NotEmpty'],
    ['kms', 'LimitExceededException', 'QuotaExceeded'],
    ['kms', 'MalformedPolicyDocumentException', 'InvalidSpec'],
    ['iam', 'LimitExceeded', 'QuotaExceeded'],
    ['iam', 'MalformedPolicyDocument', 'InvalidSpec'],
    ['ec2', 'VpcLimitExceeded', 'QuotaExceeded'],
    ['ec2', 'InvalidParameterValue', 'InvalidSpec'],
    ['ecs', 'ValidationException', 'InvalidSpec'],
  ])('%s %s is terminal: %s gives the reason %s', (service, code, reason) => {
    const outcome = outcomeOf(service, 'Operation', sdkError(code, 400));
    expect(outcome).toBeInstanceOf(Terminal);
    expect(outcome).toMatchObject({ reason });
  });

  test('a body that no service writes is judged by its status', () => {
    expect(outcomeOf('kms', 'CreateKey', sdkError('SyntaxError', 403))).toBeInstanceOf(AccessDenied);
    const unimplemented = outcomeOf('kms', 'CreateKey', sdkError('SyntaxError', 500, 'abc'));
    expect(unimplemented.constructor).toBe(Error);
    expect(unimplemented.message).toBe('CreateKey: AWS says no (HTTP 500, request abc)');
  });

  test('what nobody knows stays what it was, as the cause', () => {
    const cause = new TypeError('undefined is not a function');
    const outcome = outcomeOf('s3', 'PutObject', cause);
    expect(outcome.constructor).toBe(Error);
    expect(outcome.cause).toBe(cause);
  });

  test('a code can mean something of its own in one operation', () => {
    const refusal = sdkError('InvalidRequest', 400);
    expect(outcomeOf('s3', 'PutBucketReplication', refusal)).toBeInstanceOf(NotReady);
    expect(outcomeOf('s3', 'PutBucketLogging', refusal)).toMatchObject({ reason: 'InvalidSpec' });
  });

  test('the message has the operation, the words of AWS, the code and the request', () => {
    expect(outcomeOf('kms', 'PutKeyPolicy', sdkError('NotFoundException', 400, 'abc')).message).toBe(
      'PutKeyPolicy: AWS says no (NotFoundException, request abc)',
    );
  });
});
