import type { PolicyDocument } from '../policy-document.ts';
import type { BucketOutputs, BucketSpec } from './bucket-spec.ts';
import { logLifecycle } from './log-lifecycle.ts';
import { privateBucket } from './private-bucket.ts';

/** As much of a bucket as one has that services deliver logs into. The rest is left alone. */
export type LogBucketSpec = Pick<
  BucketSpec,
  | 'name'
  | 'publicAccessBlock'
  | 'ownership'
  | 'encryption'
  | 'versioning'
  | 'policy'
  | 'lifecycle'
  | 'emptyOnDeletion'
>;

export type LogBucketOutputs = BucketOutputs;

type Choices = {
  readonly name: string;
  /** TLS only, and who delivers. */
  readonly policy: PolicyDocument;
  /** So many days each log is kept. */
  readonly retentionDays: number;
  readonly emptyOnDeletion: boolean;
};

/**
 * Closed to the public, and encrypted with S3's own key, because load balancers deliver to no other:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#access-log-create-bucket
 */
export function logBucket({ name, policy, retentionDays, emptyOnDeletion }: Choices): LogBucketSpec {
  const { publicAccessBlock, ownership } = privateBucket(name, emptyOnDeletion);
  return {
    name,
    publicAccessBlock,
    ownership,
    encryption: { algorithm: 'AES256' },
    versioning: 'Enabled',
    policy,
    lifecycle: logLifecycle('expire-logs', retentionDays),
    emptyOnDeletion,
  };
}
