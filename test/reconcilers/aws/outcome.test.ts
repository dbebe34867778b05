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
import { sdkError } from './sdk-error.ts';

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
    ['logs', 'ResourceNotFoundException', 400, NotFound],
    ['logs', 'ResourceAlreadyExistsException', 400, AlreadyExists],
    ['logs', 'OperationAbortedException', 400, Conflict],
    ['iam', 'NoSuchEntity', 404, NotFound],
    ['iam', 'EntityAlreadyExists', 409, AlreadyExists],
    ['iam', 'DeleteConflict', 409, NotReady],
    ['ec2', 'DependencyViolation', 400, NotReady],
    ['ec2', 'OperationInProgress', 400, NotReady],
    ['ec2', 'InvalidIPAddress.InUse', 400, NotReady],
    ['ec2', 'NatGatewayNotFound', 400, NotFound],
    ['ec2', 'InvalidVpcEndpointId.NotFound', 400, NotFound],
    ['ec2', 'DuplicateTransitGatewayAttachment', 400, AlreadyExists],
    ['ec2', 'InvalidVpcID.NotFound', 400, NotFound],
    ['ec2', 'InvalidGroup.Duplicate', 400, AlreadyExists],
    ['ec2', 'InvalidPermission.Duplicate', 400, AlreadyExists],
    ['ec2', 'InvalidPermission.NotFound', 400, NotFound],
    ['ec2', 'InvalidSecurityGroupRuleId.NotFound', 400, NotFound],
    ['ec2', 'NetworkAclEntryAlreadyExists', 400, AlreadyExists],
    ['ec2', 'InvalidNetworkAclEntry.NotFound', 400, NotFound],
    ['ec2', 'RequestLimitExceeded', 503, Throttled],
    ['ec2', 'UnauthorizedOperation', 403, AccessDenied],
    ['rds', 'DBClusterNotFoundFault', 404, NotFound],
    ['rds', 'InvalidDBClusterStateFault', 400, NotReady],
    ['rds', 'InvalidDBInstanceState', 400, NotReady],
    ['rds', 'InvalidDBSubnetGroupStateFault', 400, NotReady],
    ['rds', 'InvalidDBParameterGroupState', 400, NotReady],
    ['rds', 'InvalidResourceStateFault', 400, NotReady],
    ['rds', 'DBClusterAlreadyExistsFault', 400, AlreadyExists],
    ['rds', 'DBInstanceAlreadyExists', 400, AlreadyExists],
    ['rds', 'DBSubnetGroupAlreadyExists', 400, AlreadyExists],
    ['rds', 'DBInstanceNotFound', 404, NotFound],
    ['rds', 'DBParameterGroupNotFound', 404, NotFound],
    ['rds', 'KMSKeyNotAccessibleFault', 400, AccessDenied],
    ['ecs', 'ThrottlingException', 400, Throttled],
    ['elb', 'ResourceInUse', 400, NotReady],
    ['elb', 'TargetGroupAssociationLimit', 400, NotReady],
    ['elb', 'LoadBalancerNotFound', 400, NotFound],
    ['elb', 'DuplicateLoadBalancerName', 400, AlreadyExists],
    ['elb', 'DuplicateTargetGroupName', 400, AlreadyExists],
    ['elb', 'DuplicateListener', 400, AlreadyExists],
    ['elb', 'PriorRequestNotComplete', 429, Throttled],
    ['dynamodb', 'TooManyRequestsException', 429, Throttled],
    ['dynamodb', 'ConcurrentModificationException', 400, Conflict],
    ['dynamodb', 'ResourceInUseException', 400, NotReady],
    ['dynamodb', 'TableNotFoundException', 400, NotFound],
    ['dynamodb', 'BackupInUseException', 400, NotReady],
    ['dynamodb', 'ContinuousBackupsUnavailableException', 400, NotReady],
    ['autoscaling', 'ObjectNotFoundException', 400, NotFound],
    ['autoscaling', 'ConcurrentUpdateException', 500, Conflict],
    ['autoscaling', 'FailedResourceAccessException', 400, AccessDenied],
    ['secrets', 'ResourceNotFoundException', 400, NotFound],
    ['secrets', 'ResourceExistsException', 400, AlreadyExists],
    ['secrets', 'InvalidRequestException', 400, NotReady],
    ['secrets', 'EncryptionFailure', 400, NotReady],
    ['elasticache', 'InvalidReplicationGroupState', 400, NotReady],
    ['elasticache', 'InvalidCacheParameterGroupState', 400, NotReady],
    ['elasticache', 'CacheSubnetGroupInUse', 400, NotReady],
    ['elasticache', 'ReplicationGroupNotFoundFault', 404, NotFound],
    ['elasticache', 'CacheClusterNotFound', 404, NotFound],
    ['elasticache', 'ReplicationGroupAlreadyExists', 400, AlreadyExists],
    ['elasticache', 'NoOperationFault', 400, Conflict],
    ['elasticache', 'APICallRateForCustomerExceeded', 400, Throttled],
    ['cloudwatch', 'ResourceNotFound', 404, NotFound],
    ['cloudwatch', 'ResourceNotFoundException', 404, NotFound],
    ['cloudwatch', 'DashboardNotFoundError', 404, NotFound],
    ['cloudwatch', 'ConcurrentModificationException', 429, Conflict],
    ['cloudwatch', 'ConflictException', 409, Conflict],
    ['sns', 'NotFound', 404, NotFound],
    ['sns', 'ResourceNotFound', 404, NotFound],
    ['sns', 'ConcurrentAccess', 400, Conflict],
    ['sns', 'StaleTag', 400, NotReady],
    ['sns', 'AuthorizationError', 403, AccessDenied],
    ['sns', 'InvalidSecurity', 403, AccessDenied],
    ['sns', 'Throttled', 429, Throttled],
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
    ['logs', 'LimitExceededException', 'QuotaExceeded'],
    ['logs', 'InvalidParameterException', 'InvalidSpec'],
    ['logs', 'TooManyTagsException', 'InvalidSpec'],
    ['iam', 'LimitExceeded', 'QuotaExceeded'],
    ['iam', 'MalformedPolicyDocument', 'InvalidSpec'],
    ['ec2', 'VpcLimitExceeded', 'QuotaExceeded'],
    ['ec2', 'AddressLimitExceeded', 'QuotaExceeded'],
    ['ec2', 'DuplicateSubnetsInSameZone', 'InvalidSpec'],
    ['ec2', 'InvalidPolicyDocument', 'InvalidSpec'],
    ['ec2', 'InvalidServiceName', 'InvalidSpec'],
    ['ec2', 'RulesPerSecurityGroupLimitExceeded', 'QuotaExceeded'],
    ['ec2', 'NetworkAclEntryLimitExceeded', 'QuotaExceeded'],
    ['ec2', 'InvalidGroupId.Malformed', 'InvalidSpec'],
    ['ec2', 'InvalidParameterValue', 'InvalidSpec'],
    ['dynamodb', 'LimitExceededException', 'QuotaExceeded'],
    ['autoscaling', 'TooManyTagsException', 'InvalidSpec'],
    ['secrets', 'InvalidParameterException', 'InvalidSpec'],
    ['secrets', 'LimitExceededException', 'QuotaExceeded'],
    ['elasticache', 'NodeQuotaForCustomerExceeded', 'QuotaExceeded'],
    ['elasticache', 'CacheSubnetGroupQuotaExceeded', 'QuotaExceeded'],
    ['elasticache', 'InvalidSubnet', 'InvalidSpec'],
    ['elasticache', 'InvalidParameterCombination', 'InvalidSpec'],
    ['rds', 'DBSubnetGroupDoesNotCoverEnoughAZs', 'InvalidSpec'],
    ['rds', 'InstanceQuotaExceeded', 'QuotaExceeded'],
    ['rds', 'InvalidParameterCombination', 'InvalidSpec'],
    ['rds', 'InvalidSubnet', 'InvalidSpec'],
    ['rds', 'SnapshotQuotaExceeded', 'QuotaExceeded'],
    ['rds', 'StorageTypeNotSupported', 'InvalidSpec'],
    ['cloudwatch', 'ValidationError', 'InvalidSpec'],
    ['cloudwatch', 'InvalidParameterInput', 'InvalidSpec'],
    ['cloudwatch', 'DashboardInvalidInputError', 'InvalidSpec'],
    ['cloudwatch', 'LimitExceeded', 'QuotaExceeded'],
    ['sns', 'InvalidParameter', 'InvalidSpec'],
    ['sns', 'TopicLimitExceeded', 'QuotaExceeded'],
    ['sns', 'TagPolicy', 'InvalidSpec'],
    ['ecs', 'ValidationException', 'InvalidSpec'],
    ['elb', 'CertificateNotFound', 'InvalidSpec'],
    ['elb', 'InvalidConfigurationRequest', 'InvalidSpec'],
    ['elb', 'SSLPolicyNotFound', 'InvalidSpec'],
    ['elb', 'TooManyTags', 'InvalidSpec'],
    ['elb', 'TooManyLoadBalancers', 'QuotaExceeded'],
    ['elb', 'ValidationError', 'InvalidSpec'],
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
    const unknownGateway = sdkError('InvalidTransitGatewayID.NotFound', 400);
    expect(outcomeOf('ec2', 'CreateRoute', unknownGateway)).toBeInstanceOf(NotReady);
    expect(outcomeOf('ec2', 'CreateTransitGatewayVpcAttachment', unknownGateway)).toMatchObject({
      reason: 'InvalidSpec',
    });
    const inUse = sdkError('AuthFailure', 400);
    expect(outcomeOf('ec2', 'ReleaseAddress', inUse)).toBeInstanceOf(NotReady);
    expect(outcomeOf('ec2', 'DescribeAddresses', inUse)).toBeInstanceOf(AccessDenied);
  });

  test.each([
    ['AttachInternetGateway', 'Resource.AlreadyAssociated', Conflict],
    ['DetachInternetGateway', 'Gateway.NotAttached', NotFound],
    ['EnableVgwRoutePropagation', 'Gateway.NotAttached', NotReady],
    ['AssociateRouteTable', 'Resource.AlreadyAssociated', Conflict],
    ['ReplaceRouteTableAssociation', 'InvalidAssociationID.NotFound', Conflict],
    ['DisassociateRouteTable', 'InvalidAssociationID.NotFound', NotFound],
    ['ReplaceNetworkAclAssociation', 'InvalidAssociationID.NotFound', Conflict],
    ['AuthorizeSecurityGroupIngress', 'InvalidGroup.NotFound', NotReady],
    ['DeleteSecurityGroup', 'InvalidGroup.NotFound', NotFound],
    ['CreateNetworkAclEntry', 'InvalidNetworkAclID.NotFound', NotReady],
    ['CreateRoute', 'InvalidGatewayID.NotFound', NotReady],
    ['ReplaceRoute', 'InvalidNatGatewayID.NotFound', NotReady],
    ['DeleteRoute', 'InvalidRoute.NotFound', NotFound],
    ['CreateSubnet', 'InvalidVpcID.NotFound', NotReady],
    ['ModifyVpcEndpoint', 'InvalidSubnetId.NotFound', NotReady],
    ['ModifyTransitGatewayVpcAttachment', 'InvalidSubnetID.NotFound', NotReady],
    ['ReplaceNetworkAclAssociation', 'InvalidNetworkAclID.NotFound', NotReady],
    ['ReplaceNetworkAclEntry', 'InvalidNetworkAclEntry.NotFound', NotFound],
    ['UpdateSecurityGroupRuleDescriptionsIngress', 'InvalidSecurityGroupRuleId.NotFound', NotReady],
    ['CreateTransitGatewayVpcAttachment', 'InvalidVpcID.NotFound', NotReady],
    ['DeleteSubnet', 'InvalidSubnetID.NotFound', NotFound],
    ['CreateFlowLogs', 'InvalidParameter', NotReady],
    ['CreateFlowLogs', '400', NotReady],
    ['CreateFlowLogs', 'LogDestinationNotFoundException', NotReady],
    ['CreateFlowLogs', 'LogDestinationPermissionIssueException', AccessDenied],
    ['CreateFlowLogs', 'FlowLogAlreadyExists', AlreadyExists],
    ['DeleteFlowLogs', 'InvalidFlowLogId.NotFound', NotFound],
  ])('of EC2, %s %s', (operation, code, Class) => {
    expect(outcomeOf('ec2', operation, sdkError(code, 400))).toBeInstanceOf(Class);
  });

  test.each([
    ['dynamodb', 'CreateTable', 'ResourceInUseException', AlreadyExists],
    ['dynamodb', 'UpdateTable', 'ResourceInUseException', NotReady],
    ['dynamodb', 'UpdateTable', 'LimitExceededException', NotReady],
    ['dynamodb', 'DeleteTable', 'LimitExceededException', NotReady],
    ['rds', 'ModifyDBInstance', 'DBInstanceNotFound', NotFound],
    ['rds', 'ModifyDBInstance', 'DBParameterGroupNotFound', NotReady],
    ['rds', 'ModifyDBCluster', 'DBClusterParameterGroupNotFound', NotReady],
    ['dynamodb', 'UpdateTimeToLive', 'ValidationException', NotReady],
    ['autoscaling', 'PutScalingPolicy', 'ObjectNotFoundException', NotReady],
    ['secrets', 'CreateSecret', 'InvalidRequestException', AlreadyExists],
    ['elb', 'CreateListener', 'TargetGroupNotFound', NotReady],
    ['elb', 'DeleteTargetGroup', 'TargetGroupNotFound', NotFound],
    ['elb', 'CreateLoadBalancer', 'SubnetNotFound', NotReady],
    ['elb', 'ModifyLoadBalancerAttributes', 'InvalidConfigurationRequest', NotReady],
    ['elb', 'CreateLoadBalancer', 'OperationNotPermitted', AccessDenied],
  ])('of %s, %s %s', (service, operation, code, Class) => {
    expect(outcomeOf(service, operation, sdkError(code, 400))).toBeInstanceOf(Class);
  });

  test('a table that is protected is blocked, not wrong', () => {
    const refusal = sdkError('ValidationException', 400);
    expect(outcomeOf('dynamodb', 'DeleteTable', refusal)).toMatchObject({ reason: 'DeletionBlocked' });
  });

  test('a load balancer that is protected is blocked', () => {
    const refusal = sdkError('OperationNotPermitted', 400);
    expect(outcomeOf('elb', 'DeleteLoadBalancer', refusal)).toMatchObject({ reason: 'DeletionBlocked' });
  });

  test('of ElastiCache, what a new cache refers to may be a moment old', () => {
    const missing = sdkError('CacheSubnetGroupNotFoundFault', 400);
    expect(outcomeOf('elasticache', 'CreateReplicationGroup', missing)).toBeInstanceOf(NotReady);
    expect(outcomeOf('elasticache', 'ModifyCacheSubnetGroup', missing)).toBeInstanceOf(NotFound);
  });

  test('of RDS, what is protected from deletion says so, and what is not there yet is waited for', () => {
    const refusal = sdkError('InvalidParameterCombination', 400);
    expect(outcomeOf('rds', 'DeleteDBCluster', refusal)).toMatchObject({ reason: 'DeletionBlocked' });
    expect(outcomeOf('rds', 'ModifyDBCluster', refusal)).toMatchObject({ reason: 'InvalidSpec' });
    const missing = sdkError('DBSubnetGroupNotFoundFault', 404);
    expect(outcomeOf('rds', 'CreateDBCluster', missing)).toBeInstanceOf(NotReady);
    expect(outcomeOf('rds', 'DeleteDBSubnetGroup', missing)).toBeInstanceOf(NotFound);
    const unknown = sdkError('CertificateNotFound', 404);
    for (const operation of ['CreateDBInstance', 'ModifyDBInstance'])
      expect(outcomeOf('rds', operation, unknown)).toMatchObject({ reason: 'InvalidSpec' });
  });

  test('the message has the operation, the words of AWS, the code and the request', () => {
    expect(outcomeOf('kms', 'PutKeyPolicy', sdkError('NotFoundException', 400, 'abc')).message).toBe(
      'PutKeyPolicy: AWS says no (NotFoundException, request abc)',
    );
  });
});
