import { describe, expect, test } from 'vitest';
import { nodesOf, specOf } from './network.ts';

const account = { 'aws:SourceAccount': '123456789012' };

describe('Flow logs in CloudWatch', () => {
  const nodes = nodesOf();

  test('are kept for their days, in a group and with a role of the names in the tags', () => {
    expect(specOf(nodes, 'flow-log-group')).toMatchObject({
      name: 'production-core-flow-log-group',
      retentionDays: 7,
    });
    expect(specOf(nodes, 'flow-log-role')['name']).toBe('production-core-flow-log-role');
  });

  test('can be written only by flow logs of the account and region, and only to their group', () => {
    const group = 'arn:aws:logs:us-east-1:123456789012:log-group';
    expect(specOf(nodes, 'flow-log-role')).toMatchObject({
      trustPolicy: {
        Statement: [
          {
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
            Condition: {
              StringEquals: account,
              ArnLike: { 'aws:SourceArn': 'arn:aws:ec2:us-east-1:123456789012:vpc-flow-log/*' },
            },
          },
        ],
      },
      inlinePolicies: {
        'write-flow-logs': {
          Statement: [
            {
              Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
              Resource: [
                `${group}:production-core-flow-log-group`,
                `${group}:production-core-flow-log-group:*`,
              ],
            },
            { Action: 'logs:DescribeLogGroups', Resource: `${group}:*` },
          ],
        },
      },
    });
  });
});

describe('Flow logs in S3', () => {
  const flowLogs = { destination: 'S3', bucketName: 'flow-logs', trafficType: 'REJECT', retentionDays: 400 };
  const nodes = nodesOf({ flowLogs });
  const bucket = specOf(nodes, 'flow-log-bucket');

  test('go to a bucket of their own, without a role', () => {
    expect(specOf(nodes, 'flow-log-s3-reject')).toEqual({
      vpcId: '${ec2/vpc vpc.vpcId}',
      trafficType: 'REJECT',
      maxAggregationInterval: 600,
      destinationType: 's3',
      destination: '${s3/bucket flow-log-bucket.arn}',
    });
  });

  test('expire after their days, and what was deleted by hand a week later', () => {
    expect(bucket).toMatchObject({
      versioning: 'Enabled',
      lifecycle: {
        rules: [{ expiration: { days: 400 } }, { noncurrentVersionExpiration: { days: 7 } }],
      },
    });
  });

  test('are delivered by the service only for the account and region, and read over TLS only', () => {
    const condition = { 'aws:SourceArn': 'arn:aws:logs:us-east-1:123456789012:*' };
    expect(bucket['policy']).toMatchObject({
      Statement: [
        { Sid: 'DenyPlainHttp', Effect: 'Deny' },
        { Sid: 'DenyOldTls', Effect: 'Deny' },
        {
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::flow-logs/AWSLogs/123456789012/*',
          Condition: {
            StringEquals: { ...account, 's3:x-amz-acl': 'bucket-owner-full-control' },
            ArnLike: condition,
          },
        },
        {
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Action: ['s3:GetBucketAcl', 's3:ListBucket'],
          Resource: 'arn:aws:s3:::flow-logs',
          Condition: { StringEquals: account, ArnLike: condition },
        },
      ],
    });
  });
});
