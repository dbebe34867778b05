import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  BlockedException: 'AccessDenied',
  // One code for everything that a caller can do wrong, and for what is not there.
  ClientException: 'InvalidSpec',
  'DeregisterTaskDefinition ClientException': 'NotFound',
  'DescribeTaskDefinition ClientException': 'NotFound',
  // What it is in was made a moment ago.
  'CreateService ClusterNotFoundException': 'NotReady',
  // Their services, tasks and instances are on their way out.
  ClusterContainsCapacityProviderException: 'NotReady',
  ClusterContainsContainerInstancesException: 'NotReady',
  ClusterContainsServicesException: 'NotReady',
  ClusterContainsTasksException: 'NotReady',
  ConflictException: 'Conflict',
  // In an account that never had a cluster AWS first makes a service-linked role, and refuses both with this code until
  // the role is known everywhere: https://github.com/aws/containers-roadmap/issues/2614. So it is tried again soon.
  'CreateCluster InvalidParameterException': 'Transient',
  'CreateService InvalidParameterException': 'Transient',
  'PutClusterCapacityProviders InvalidParameterException': 'Transient',
  PlatformTaskDefinitionIncompatibilityException: 'InvalidSpec',
  PlatformUnknownException: 'InvalidSpec',
  ServerException: 'Transient',
  // It was deleted meanwhile.
  ServiceNotActiveException: 'NotFound',
  UnsupportedFeatureException: 'InvalidSpec',
  UpdateInProgressException: 'NotReady',
};
