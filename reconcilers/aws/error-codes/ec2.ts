import type { Codes, Patterns } from './verdict.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export const codes: Codes = {
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
};

/** Of `<operation> <code>`. */
export const patterns: Patterns = [
  // What it refers to was made a moment ago, and is not known everywhere yet:
  // https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
  // Or what it would change was deleted a moment ago, which the next list tells.
  [
    /^(Allocate|Associate|Attach|Authorize|Create|Enable|Modify|ReplaceNetworkAclAssociation|ReplaceRoute|Update)\w* \w+\.?NotFound$/,
    'NotReady',
  ],
  [/^\w+ Invalid\w+\.(Conflict|Malformed|Range)$/, 'InvalidSpec'],
];
