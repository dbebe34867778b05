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
    // Unlike all else that is referred to, it was not made a moment ago: it is somebody else's, and in the spec.
    'CreateTransitGatewayVpcAttachment InvalidTransitGatewayID.NotFound': 'InvalidSpec',
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
    InsufficientFreeAddressesInSubnet: 'QuotaExceeded',
    InsufficientAddressCapacity: 'Transient',
    InvalidServiceName: 'InvalidSpec',
    InvalidPolicyDocument: 'InvalidSpec',
    // An endpoint takes up an earlier change.
    OperationInProgress: 'NotReady',
    // What EC2 says while a NAT gateway, or another service's interface, has the address. An identity that may
    // not release it gets UnauthorizedOperation.
    'ReleaseAddress AuthFailure': 'NotReady',
    'InvalidGroup.Duplicate': 'AlreadyExists',
    'InvalidPermission.Duplicate': 'AlreadyExists',
    NatGatewayMalformed: 'InvalidSpec',
    UnavailableException: 'Transient',
    Unavailable: 'Transient',
  },
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html and the pages of the operations
  rds: {
    DBSubnetGroupDoesNotCoverEnoughAZs: 'InvalidSpec',
    DBUpgradeDependencyFailure: 'InvalidSpec',
    // What the deletion of something protected is refused with.
    'DeleteDBCluster InvalidParameterCombination': 'DeletionBlocked',
    'DeleteDBInstance InvalidParameterCombination': 'DeletionBlocked',
    InsufficientDBInstanceCapacity: 'Transient',
    InsufficientStorageClusterCapacity: 'Transient',
    InvalidDBSubnetGroupFault: 'InvalidSpec',
    InvalidSubnet: 'InvalidSpec',
    // It is disabled, or its policy does not let this identity use it.
    KMSKeyNotAccessibleFault: 'AccessDenied',
    NetworkTypeNotSupported: 'InvalidSpec',
    ProvisionedIopsNotAvailableInAZFault: 'InvalidSpec',
    StorageTypeNotAvailableFault: 'InvalidSpec',
    StorageTypeNotSupported: 'InvalidSpec',
    VpcEncryptionControlViolationException: 'InvalidSpec',
  },
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html and the pages of the operations
  logs: {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protecting-log-groups-from-deletion.html
    'DeleteLogGroup ValidationException': 'DeletionBlocked',
    OperationAbortedException: 'Conflict',
    TooManyTagsException: 'InvalidSpec',
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html and the pages of the operations
  dynamodb: {
    // Backups come a moment after the table.
    ContinuousBackupsUnavailableException: 'NotReady',
    'CreateTable ResourceInUseException': 'AlreadyExists',
    // Protected against deletion.
    'DeleteTable ValidationException': 'DeletionBlocked',
    InternalServerError: 'Transient',
    // Another index is on its way, or capacity was lowered as often as it may be today.
    'UpdateTable LimitExceededException': 'NotReady',
    // Changed less than an hour ago.
    'UpdateTimeToLive ValidationException': 'NotReady',
  },
  // https://docs.aws.amazon.com/autoscaling/application/APIReference/CommonErrors.html and the pages of the operations
  autoscaling: {
    ConcurrentUpdateException: 'Conflict',
    FailedResourceAccessException: 'AccessDenied',
    InternalServiceException: 'Transient',
    InvalidNextTokenException: 'Transient',
    // The target was registered a moment ago, or somebody deregistered it.
    'PutScalingPolicy ObjectNotFoundException': 'NotReady',
    TooManyTagsException: 'InvalidSpec',
  },
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html and the pages of the operations
  secrets: {
    // One of this name waits for its deletion.
    'CreateSecret InvalidRequestException': 'AlreadyExists',
    // The key is not enabled, or not yet.
    DecryptionFailure: 'NotReady',
    EncryptionFailure: 'NotReady',
    InternalServiceError: 'Transient',
    InvalidNextTokenException: 'Transient',
    // The state of the secret does not allow it: it waits for its deletion.
    InvalidRequestException: 'NotReady',
    PreconditionNotMetException: 'InvalidSpec',
    ResourceExistsException: 'AlreadyExists',
  },
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/CommonErrors.html and the pages of the operations
  elasticache: {
    APICallRateForCustomerExceeded: 'Throttled',
    ClusterQuotaForCustomerExceeded: 'QuotaExceeded',
    // What it refers to was made a moment ago.
    'CreateReplicationGroup CacheParameterGroupNotFound': 'NotReady',
    'CreateReplicationGroup CacheSubnetGroupNotFoundFault': 'NotReady',
    // AWS makes it with the first cache of an account.
    'CreateReplicationGroup ServiceLinkedRoleNotFoundFault': 'NotReady',
    'ModifyReplicationGroup CacheParameterGroupNotFound': 'NotReady',
    InsufficientCacheClusterCapacity: 'Transient',
    InvalidARN: 'InvalidSpec',
    InvalidKMSKeyFault: 'InvalidSpec',
    InvalidSubnet: 'InvalidSpec',
    // The number of replicas is what it was to become: somebody else changed it.
    NoOperationFault: 'Conflict',
    NodeQuotaForClusterExceeded: 'QuotaExceeded',
    NodeQuotaForCustomerExceeded: 'QuotaExceeded',
    SnapshotFeatureNotSupportedFault: 'InvalidSpec',
    SubnetNotAllowedFault: 'InvalidSpec',
    // Somebody else removed it, and the index of tags did not say so yet.
    'RemoveTagsFromResource TagNotFound': 'Conflict',
    TagQuotaPerResourceExceeded: 'InvalidSpec',
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
    // Or what it would change was deleted a moment ago, which the next list tells.
    [
      /^(Allocate|Associate|Attach|Authorize|Create|Enable|Modify|ReplaceNetworkAclAssociation|ReplaceRoute|Update)\w* \w+\.?NotFound$/,
      'NotReady',
    ],
    [/^\w+ Invalid\w+\.(Conflict|Malformed|Range)$/, 'InvalidSpec'],
  ],
  // What it refers to was made a moment ago, or is on its way.
  rds: [[/^CreateDB(Cluster|Instance) \w+NotFound(Fault)?$/, 'NotReady']],
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
