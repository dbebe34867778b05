import {
  AccessDenied,
  Conflict,
  NotFound,
  NotReady,
  Terminal,
  Throttled,
  type TerminalReason,
} from '../../controller/engine/errors.ts';

/** The resource is there, but has no configuration of the kind that was asked for. */
export class NoConfiguration extends NotFound {}

/** Something of this name is there already. Whether it is ours, the resource type has to look. */
export class AlreadyExists extends Terminal {}

/** A bucket that lives in another region than the one asked. */
export class InOtherRegion extends Terminal {}

/** What an error means. `Transient` is nobody's fault and goes away; `Unknown` is everything not listed. */
export type Verdict =
  | TerminalReason
  | 'AccessDenied'
  | 'AlreadyExists'
  | 'Conflict'
  | 'InOtherRegion'
  | 'NoConfiguration'
  | 'NotFound'
  | 'NotReady'
  | 'Throttled'
  | 'Transient'
  | 'Unknown';

/** Codes that mean something else, or something more, in one service or operation than their name says. */
const codesOfService: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
  // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  s3: {
    NoSuchBucketPolicy: 'NoConfiguration',
    NoSuchCORSConfiguration: 'NoConfiguration',
    NoSuchConfiguration: 'NoConfiguration',
    NoSuchLifecycleConfiguration: 'NoConfiguration',
    NoSuchPublicAccessBlockConfiguration: 'NoConfiguration',
    NoSuchTagSet: 'NoConfiguration',
    NoSuchWebsiteConfiguration: 'NoConfiguration',
    ObjectLockConfigurationNotFoundError: 'NoConfiguration',
    OwnershipControlsNotFoundError: 'NoConfiguration',
    ReplicationConfigurationNotFoundError: 'NoConfiguration',
    ServerSideEncryptionConfigurationNotFoundError: 'NoConfiguration',
    PermanentRedirect: 'InOtherRegion',
    AuthorizationHeaderMalformed: 'InOtherRegion',
    IllegalLocationConstraintException: 'InOtherRegion',
    BucketAlreadyExists: 'AlreadyExists',
    // Only when it was made by somebody else since we looked, or by a call of ours that was lost.
    BucketAlreadyOwnedByYou: 'Conflict',
    BucketNotEmpty: 'NotEmpty',
    // Versioning of a bucket with object lock or replication cannot be suspended.
    InvalidBucketState: 'InvalidSpec',
    InvalidArgument: 'InvalidSpec',
    InvalidBucketName: 'InvalidSpec',
    InvalidRequest: 'InvalidSpec',
    InvalidStorageClass: 'InvalidSpec',
    InvalidTag: 'InvalidSpec',
    IllegalVersioningConfigurationException: 'InvalidSpec',
    // The target's policy may have been written a moment ago.
    InvalidTargetBucketForLogging: 'NotReady',
    // S3 refuses replication for a while after versioning was enabled, on either side.
    'PutBucketReplication InvalidRequest': 'NotReady',
    KeyTooLongError: 'InvalidSpec',
    TooManyBuckets: 'QuotaExceeded',
  },
  // https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html and the pages of the operations
  kms: {
    DependencyTimeoutException: 'Transient',
    InvalidAliasNameException: 'InvalidSpec',
    InvalidArnException: 'InvalidSpec',
    // The key is on its way to another state: being created, or its deletion just cancelled.
    KMSInvalidStateException: 'NotReady',
    TagException: 'InvalidSpec',
    UnsupportedOperationException: 'InvalidSpec',
  },
  // https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and the pages of the operations
  iam: {
    DeleteConflict: 'NotReady',
    EntityTemporarilyUnmodifiable: 'NotReady',
    InvalidInput: 'InvalidSpec',
    PolicyNotAttachable: 'InvalidSpec',
    UnmodifiableEntity: 'InvalidSpec',
  },
};

/** Codes that mean the same wherever they come from. */
const codes: Readonly<Record<string, Verdict>> = {
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
const patterns: readonly (readonly [RegExp, Verdict])[] = [
  [/^AccessDenied|^UnauthorizedAccess|^Authorization(Error|Failure)/, 'AccessDenied'],
  [/AlreadyExists/, 'AlreadyExists'],
  [/^NoSuch|NotFound(Fault|Exception|Error)?$|\.NotFound$/, 'NotFound'],
  [/LimitExceeded|QuotaExceeded|^TooMany/, 'QuotaExceeded'],
  [/InUse|^Invalid.*State(Fault|Exception)?$/, 'NotReady'],
  [/^Validation|^InvalidParameter|^Malformed|^MissingParameter|^Invalid.*Value$/, 'InvalidSpec'],
];

/** For answers without a code that anybody knows: to HEAD requests, and from whatever stands in between. */
const statuses: Readonly<Record<number, Verdict>> = {
  301: 'InOtherRegion',
  401: 'AccessDenied',
  403: 'AccessDenied',
  404: 'NotFound',
  408: 'Transient',
  409: 'Conflict',
  412: 'Conflict',
  429: 'Throttled',
  500: 'Transient',
  502: 'Transient',
  503: 'Transient',
  504: 'Transient',
};

/** S3 knows 503 as SlowDown and ServiceUnavailable only: both ask for fewer calls. HEAD requests get it without a code. */
const statusesOfService: Readonly<Record<string, Readonly<Record<number, Verdict>>>> = {
  s3: { 503: 'Throttled' },
};

/** Connections that failed before there was an answer. */
const networkCodes: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** What errors are called that come of a body which is not in the form of the service. */
const NAMES_WITHOUT_MEANING: ReadonlySet<string> = new Set(['Error', 'SyntaxError', 'TypeError', 'Unknown']);

/** What the SDK's errors say about themselves, as far as they say it. */
export type AwsFailure = {
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly message: string;
};

export function failureOf(error: unknown): AwsFailure {
  if (!(error instanceof Error)) {
    return { code: undefined, status: undefined, requestId: undefined, message: String(error) };
  }
  const ofResponse = property(error, 'Code', isString);
  const ofNetwork = property(error, 'code', isString);
  return {
    code: ofResponse ?? ofNetwork ?? (NAMES_WITHOUT_MEANING.has(error.name) ? undefined : error.name),
    ...metadataOf(error),
    message: error.message,
  };
}

/** What the SDK tells of an answer beside its content. */
export function metadataOf(answer: object): Pick<AwsFailure, 'status' | 'requestId'> {
  const metadata: object = property(answer, '$metadata', isObject) ?? {};
  return {
    status: property(metadata, 'httpStatusCode', isNumber),
    requestId: property(metadata, 'requestId', isString),
  };
}

export function verdictOf(service: string, { code = '', status }: AwsFailure, operation = ''): Verdict {
  return (
    codesOfService[service]?.[`${operation} ${code}`] ??
    codesOfService[service]?.[code] ??
    codes[code] ??
    patterns.find(([pattern]) => pattern.test(code))?.[1] ??
    (networkCodes.has(code) ? 'Transient' : undefined) ??
    (status === undefined ? undefined : (statusesOfService[service]?.[status] ?? statuses[status])) ??
    'Unknown'
  );
}

/** The error that the engine understands, with AWS's words and the request that they are about. */
export function outcomeOf(service: string, operation: string, error: unknown): Error {
  const failure = failureOf(error);
  const details = [
    failure.code ?? (failure.status === undefined ? undefined : `HTTP ${failure.status}`),
    failure.requestId && `request ${failure.requestId}`,
  ].filter((detail) => detail !== undefined && detail !== '');
  const suffix = details.length === 0 ? '' : ` (${details.join(', ')})`;
  return asError(verdictOf(service, failure, operation), `${operation}: ${failure.message}${suffix}`, error);
}

/** Verdicts that are classes of the engine, or narrower ones of ours. All others are reasons of Terminal. */
const classes = {
  AccessDenied,
  Conflict,
  NoConfiguration,
  NotFound,
  NotReady,
  Throttled,
  Transient: Error,
  Unknown: Error,
} as const;

function asError(verdict: Verdict, message: string, cause: unknown): Error {
  if (verdict === 'AlreadyExists') return new AlreadyExists('NotOwned', message, { cause });
  if (verdict === 'InOtherRegion') return new InOtherRegion('InvalidSpec', message, { cause });
  if (isClass(verdict)) return new classes[verdict](message, { cause });
  return new Terminal(verdict, message, { cause });
}

function isClass(verdict: Verdict): verdict is keyof typeof classes {
  return verdict in classes;
}

function property<T>(of: object, key: string, is: (value: unknown) => value is T): T | undefined {
  const value: unknown = Reflect.get(of, key);
  return is(value) ? value : undefined;
}

const isString = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
