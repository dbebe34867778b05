import type { Place } from '../../controller/engine/graph.ts';
import type { RoleSpec } from '../aws/iam/role-spec.ts';
import { partitionOf } from '../aws/partition.ts';

/**
 * The role with which flow logs are written to their group, and to no other
 * (https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html). Only flow logs of this account and
 * region can use it. It may not create groups: after a deletion by hand that would make one without retention.
 */
export function flowLogRole({ account, region }: Place, name: string, logGroup: string): RoleSpec {
  const partition = partitionOf(region).name;
  const groups = `arn:${partition}:logs:${region}:${account}:log-group`;
  return {
    name,
    description: `VPC flow logs are written to the log group ${logGroup} with this role`,
    maxSessionDuration: 3600,
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnLike: { 'aws:SourceArn': `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
          },
        },
      ],
    },
    inlinePolicies: {
      'write-flow-logs': {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'WriteToGroup',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            Resource: [`${groups}:${logGroup}`, `${groups}:${logGroup}:*`],
          },
          // The service looks for its group in the list of all.
          { Sid: 'FindGroup', Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: `${groups}:*` },
        ],
      },
    },
    managedPolicyArns: [],
    permissionsBoundary: undefined,
  };
}
