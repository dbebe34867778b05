import type { Place } from '../../controller/engine/graph.ts';
import { partitionOf } from '../aws/partition.ts';
import type { PolicyStatement } from '../aws/policy-document.ts';
import type { BucketSpec } from '../aws/s3/bucket-spec.ts';
import { logLifecycle } from '../aws/s3/log-lifecycle.ts';
import { bucketArn, privateBucket, tlsOnly } from '../aws/s3/private-bucket.ts';
import type { FlowLogsSpec } from './spec.ts';

/** Holds flow logs for their time; S3's own encryption, because delivery needs no key policy then. */
export function flowLogBucket(place: Place, spec: FlowLogsSpec): BucketSpec {
  const { bucketName = '', retentionDays, emptyOnDeletion } = spec;
  const arn = bucketArn(place.region, bucketName);
  return {
    ...privateBucket(bucketName, emptyOnDeletion),
    encryption: { algorithm: 'AES256' },
    versioning: 'Enabled',
    policy: { Version: '2012-10-17', Statement: [...tlsOnly(arn), ...delivery(place, arn)] },
    lifecycle: logLifecycle('expire-flow-logs', retentionDays),
  };
}

/**
 * Lets the service deliver flow logs of this account and region
 * (https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html). Where these statements are
 * missing when a flow log is created AWS writes a policy of its own, which would not ask for TLS.
 */
function delivery({ account, region }: Place, arn: string): readonly PolicyStatement[] {
  const service = { Service: 'delivery.logs.amazonaws.com' };
  const source = { 'aws:SourceArn': `arn:${partitionOf(region).name}:logs:${region}:${account}:*` };
  return [
    {
      Sid: 'AWSLogDeliveryWrite',
      Effect: 'Allow',
      Principal: service,
      Action: 's3:PutObject',
      Resource: `${arn}/AWSLogs/${account}/*`,
      Condition: {
        StringEquals: { 'aws:SourceAccount': account, 's3:x-amz-acl': 'bucket-owner-full-control' },
        ArnLike: source,
      },
    },
    {
      Sid: 'AWSLogDeliveryAclCheck',
      Effect: 'Allow',
      Principal: service,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: arn,
      Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: source },
    },
  ];
}
