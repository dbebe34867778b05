import { type Input, type Ref, text } from '../../controller/engine/ref.ts';
import type { PolicyDocument, PolicyStatement } from '../aws/policy-document.ts';

/**
 * Refuses objects that ask for any encryption but that of this key. Objects that ask for none get it by the
 * bucket's default, so the conditions look only at requests that name one.
 */
export function encryptedWith(keyArn: Ref<string>, bucketArn: string): readonly Input<PolicyStatement>[] {
  const put = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${bucketArn}/*` } as const;
  const algorithm = 's3:x-amz-server-side-encryption';
  const key = 's3:x-amz-server-side-encryption-aws-kms-key-id';
  return [
    {
      Sid: 'DenyOtherEncryption',
      ...put,
      Condition: { StringNotEquals: { [algorithm]: 'aws:kms' }, Null: { [algorithm]: 'false' } },
    },
    {
      Sid: 'DenyOtherKeys',
      ...put,
      Condition: { StringNotEquals: { [key]: keyArn }, Null: { [key]: 'false' } },
    },
  ];
}

/**
 * Lets S3 deliver the access logs of these buckets
 * (S3 User Guide, "Enabling Amazon S3 server access logging", permissions for log delivery).
 */
export function logDelivery(
  account: string,
  logBucketArn: string,
  prefix: string,
  sourceArns: readonly string[],
): PolicyStatement {
  return {
    Sid: 'AllowLogDelivery',
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${logBucketArn}/${prefix}*`,
    Condition: { ArnLike: { 'aws:SourceArn': sourceArns }, StringEquals: { 'aws:SourceAccount': account } },
  };
}

export function policyOf(...statements: readonly Input<PolicyStatement>[]): Input<PolicyDocument> {
  return { Version: '2012-10-17', Statement: statements };
}

/** `<bucket>/*` for a bucket that may not exist yet. */
export function objectsOf(bucketArn: string | Ref<string>): Input<string> {
  return typeof bucketArn === 'string' ? `${bucketArn}/*` : text`${bucketArn}/*`;
}
