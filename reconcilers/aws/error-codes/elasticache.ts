import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
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
};
