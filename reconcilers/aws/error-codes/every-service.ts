import type { Codes, Patterns } from './verdict.ts';

/** Codes that mean the same wherever they come from. */
export const codes: Codes = {
  // The list of the SDK: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
  BandwidthLimitExceeded: 'Throttled',
  EC2ThrottledException: 'Throttled',
  LimitExceededException: 'QuotaExceeded',
  PriorRequestNotComplete: 'Throttled',
  ProvisionedThroughputExceededException: 'Throttled',
  RequestLimitExceeded: 'Throttled',
  RequestThrottled: 'Throttled',
  RequestThrottledException: 'Throttled',
  SlowDown: 'Throttled',
  Throttling: 'Throttled',
  ThrottledException: 'Throttled',
  ThrottlingException: 'Throttled',
  TooManyRequests: 'Throttled',
  TooManyRequestsException: 'Throttled',

  // New credentials, or a clock set right by the SDK, are used by the next attempt.
  ExpiredToken: 'Transient',
  ExpiredTokenException: 'Transient',
  RequestExpired: 'Transient',
  RequestTimeTooSkewed: 'Transient',
  RequestTimeout: 'Transient',
  RequestTimeoutException: 'Transient',
  TimeoutError: 'Transient',
  InternalError: 'Transient',
  InternalFailure: 'Transient',
  ServiceUnavailable: 'Transient',
  ServiceUnavailableException: 'Transient',

  AuthFailure: 'AccessDenied',
  Forbidden: 'AccessDenied',
  InvalidAccessKeyId: 'AccessDenied',
  InvalidClientTokenId: 'AccessDenied',
  NotAuthorized: 'AccessDenied',
  OptInRequired: 'AccessDenied',
  SignatureDoesNotMatch: 'AccessDenied',
  UnauthorizedOperation: 'AccessDenied',
  UnrecognizedClientException: 'AccessDenied',

  ConcurrentModification: 'Conflict',
  ConcurrentModificationException: 'Conflict',
  OperationAborted: 'Conflict',
  PreconditionFailed: 'Conflict',

  DependencyViolation: 'NotReady',
  IncorrectState: 'NotReady',

  NoSuchEntity: 'NotFound',
};

/**
 * For the many codes that are built alike; the first that fits counts. A principal or role that was made
 * a moment ago is refused as malformed until IAM has made it known everywhere: that is InvalidSpec like
 * any other, as nothing but the message tells the two apart, and heals with the slow retry of Terminal.
 */
export const patterns: Patterns = [
  [/^AccessDenied|^UnauthorizedAccess|^Authorization(Error|Failure)/, 'AccessDenied'],
  [/AlreadyExists/, 'AlreadyExists'],
  [/^NoSuch|NotFound(Fault|Exception|Error)?$|\.NotFound$/, 'NotFound'],
  [/LimitExceeded|QuotaExceeded|^TooMany/, 'QuotaExceeded'],
  [/InUse|^Invalid.*State(Fault|Exception)?$/, 'NotReady'],
  [/^Validation|^InvalidParameter|^Malformed|^MissingParameter|^Invalid.*Value$/, 'InvalidSpec'],
];
