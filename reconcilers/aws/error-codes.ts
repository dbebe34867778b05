import type { TerminalReason } from '../../controller/engine/errors.ts';

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
export const codesOfService: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
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
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
  ec2: {
    // Somebody else released, or made, the same at the same moment.
    'AssociateRouteTable Resource.AlreadyAssociated': 'Conflict',
    'AttachInternetGateway Resource.AlreadyAssociated': 'Conflict',
    'ReplaceNetworkAclAssociation InvalidAssociationID.NotFound': 'Conflict',
    'ReplaceRouteTableAssociation InvalidAssociationID.NotFound': 'Conflict',
    'DetachInternetGateway Gateway.NotAttached': 'NotFound',
    // What comes for one VPC out of several: it cannot write to the bucket, whose policy may be a moment old.
    'CreateFlowLogs 400': 'NotReady',
    // The role cannot be assumed, as it is at first when it was made a moment ago. All else that this code says is
    // about parameters that do not come from anybody's spec.
    'CreateFlowLogs InvalidParameter': 'NotReady',
    // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html
    LogDestinationNotFoundException: 'NotReady',
    LogDestinationPermissionIssueException: 'AccessDenied',
    // The address is still with a NAT gateway that is going.
    'CreateNatGateway InvalidAllocationID.NotFound': 'NotReady',
    'CreateNatGateway Resource.AlreadyAssociated': 'NotReady',
    DuplicateSubnetsInSameZone: 'InvalidSpec',
    // Somebody attached the VPC to the same transit gateway already.
    DuplicateTransitGatewayAttachment: 'AlreadyExists',
    'Gateway.NotAttached': 'NotReady',
    IncorrectInstanceState: 'NotReady',
    InsufficientAddressCapacity: 'Transient',
    'InvalidIPAddress.InUse': 'NotReady',
    InvalidServiceName: 'InvalidSpec',
    InvalidPolicyDocument: 'InvalidSpec',
    // An endpoint takes up an earlier change.
    OperationInProgress: 'NotReady',
    // What EC2 says while a NAT gateway, or another service's interface, has the address. An identity that may
    // not release it gets UnauthorizedOperation.
    'ReleaseAddress AuthFailure': 'NotReady',
    'InvalidGroup.InUse': 'NotReady',
    'InvalidGroup.Duplicate': 'AlreadyExists',
    'InvalidPermission.Duplicate': 'AlreadyExists',
    NetworkAclEntryAlreadyExists: 'AlreadyExists',
    NetworkAclLimitExceeded: 'QuotaExceeded',
    NatGatewayLimitExceeded: 'QuotaExceeded',
    NatGatewayMalformed: 'InvalidSpec',
    ResourceLimitExceeded: 'QuotaExceeded',
    RulesPerSecurityGroupLimitExceeded: 'QuotaExceeded',
    RouteAlreadyExists: 'AlreadyExists',
    UnavailableException: 'Transient',
    Unavailable: 'Transient',
  },
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html and the pages of the operations
  logs: {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protecting-log-groups-from-deletion.html
    'DeleteLogGroup ValidationException': 'DeletionBlocked',
    OperationAbortedException: 'Conflict',
    TooManyTagsException: 'InvalidSpec',
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

/** As {@link patterns}, of `<operation> <code>` in one service. */
export const patternsOfService: Readonly<Record<string, readonly (readonly [RegExp, Verdict])[]>> = {
  ec2: [
    // What it refers to was made a moment ago, and is not known everywhere yet:
    // https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
    [/^(Allocate|Associate|Attach|Authorize|Create|Enable|ReplaceRoute)\w* \w+\.?NotFound$/, 'NotReady'],
    [/^\w+ Invalid\w+\.(Conflict|Malformed|Range)$/, 'InvalidSpec'],
  ],
};

/** Codes that mean the same wherever they come from. */
export const codes: Readonly<Record<string, Verdict>> = {
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
export const patterns: readonly (readonly [RegExp, Verdict])[] = [
  [/^AccessDenied|^UnauthorizedAccess|^Authorization(Error|Failure)/, 'AccessDenied'],
  [/AlreadyExists/, 'AlreadyExists'],
  [/^NoSuch|NotFound(Fault|Exception|Error)?$|\.NotFound$/, 'NotFound'],
  [/LimitExceeded|QuotaExceeded|^TooMany/, 'QuotaExceeded'],
  [/InUse|^Invalid.*State(Fault|Exception)?$/, 'NotReady'],
  [/^Validation|^InvalidParameter|^Malformed|^MissingParameter|^Invalid.*Value$/, 'InvalidSpec'],
];

/** For answers without a code that anybody knows: to HEAD requests, and from whatever stands in between. */
export const statuses: Readonly<Record<number, Verdict>> = {
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
export const statusesOfService: Readonly<Record<string, Readonly<Record<number, Verdict>>>> = {
  s3: { 503: 'Throttled' },
};

/** Connections that failed before there was an answer. */
export const networkCodes: ReadonlySet<string> = new Set([
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
