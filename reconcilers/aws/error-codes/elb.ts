import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  AvailabilityZoneNotSupported: 'InvalidSpec',
  CapacityReservationPending: 'NotReady',
  // A certificate that ACM has not issued, or of another region, or of a sort that load balancers do not take.
  CertificateNotFound: 'InvalidSpec',
  UnsupportedCertificate: 'InvalidSpec',
  DuplicateListener: 'AlreadyExists',
  DuplicateLoadBalancerName: 'AlreadyExists',
  DuplicateTagKeys: 'InvalidSpec',
  DuplicateTargetGroupName: 'AlreadyExists',
  IncompatibleProtocols: 'InvalidSpec',
  InvalidConfigurationRequest: 'InvalidSpec',
  // Elastic Load Balancing tries to write to the bucket of the access logs, whose policy may be of a moment ago.
  'ModifyLoadBalancerAttributes InvalidConfigurationRequest': 'NotReady',
  InvalidLoadBalancerAction: 'InvalidSpec',
  InvalidScheme: 'InvalidSpec',
  InvalidSubnet: 'InvalidSpec',
  // An account that may not make load balancers has to ask AWS.
  'CreateLoadBalancer OperationNotPermitted': 'AccessDenied',
  'DeleteLoadBalancer OperationNotPermitted': 'DeletionBlocked',
  SSLPolicyNotFound: 'InvalidSpec',
  // The load balancer before still forwards to it.
  TargetGroupAssociationLimit: 'NotReady',
  TooManyTags: 'InvalidSpec',
  UnsupportedProtocol: 'InvalidSpec',

  // What it refers to was made a moment ago, or is about to be.
  'CreateLoadBalancer InvalidSecurityGroup': 'NotReady',
  'CreateLoadBalancer SubnetNotFound': 'NotReady',
  'SetSecurityGroups InvalidSecurityGroup': 'NotReady',
  'SetSubnets SubnetNotFound': 'NotReady',
  'CreateListener LoadBalancerNotFound': 'NotReady',
  'CreateListener TargetGroupNotFound': 'NotReady',
  'ModifyListener TargetGroupNotFound': 'NotReady',
};
