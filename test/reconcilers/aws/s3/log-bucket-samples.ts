import { accessLogDelivery } from '../../../../reconcilers/aws/elb/access-log-policy.ts';
import { logBucket, type LogBucketSpec } from '../../../../reconcilers/aws/s3/log-bucket-spec.ts';
import { bucketArn, tlsOnly } from '../../../../reconcilers/aws/s3/private-bucket.ts';
import { account } from '../connect.ts';

/** A bucket as load balancers deliver their access logs into it. */
export function sampleLogBucket(name: string): LogBucketSpec {
  const arn = bucketArn('eu-west-1', name);
  return logBucket({
    name,
    policy: {
      Version: '2012-10-17',
      Statement: [...tlsOnly(arn), accessLogDelivery(account, arn, { prefix: '' })],
    },
    retentionDays: 365,
    emptyOnDeletion: false,
  });
}
