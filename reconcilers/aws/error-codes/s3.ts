import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const codes: Codes = {
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
};
