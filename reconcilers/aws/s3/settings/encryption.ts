import {
  GetBucketEncryptionCommand,
  PutBucketEncryptionCommand,
  type ServerSideEncryptionByDefault,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import { orWhenAbsent, type BucketSetting } from '../setting.ts';

/** How objects are encrypted that come without a wish of their own. */
export type Encryption = (
  | { readonly algorithm: 'AES256' }
  | { readonly algorithm: 'aws:kms'; readonly keyArn: string; readonly bucketKey: boolean }
) & {
  /**
   * Whether objects may come encrypted with keys that AWS does not keep (SSE-C). Left out, they are refused:
   * nobody but the sender could ever read them again.
   */
  readonly customerProvidedKeys?: 'allowed';
};

const anything: Encryption = { algorithm: 'AES256', customerProvidedKeys: 'allowed' };

export const encryption: BucketSetting<Encryption> = {
  severity: 'security',
  // Buckets made since April 2026 refuse SSE-C: https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html
  // Until every region does, what is not known to be refused counts as allowed, and is refused in so many words.
  whenNew: anything,

  async read({ s3, request }) {
    const found = await orWhenAbsent(s3.send(new GetBucketEncryptionCommand(request)), undefined);
    const rule = found?.ServerSideEncryptionConfiguration?.Rules?.[0];
    return rule === undefined ? anything : fromRule(rule);
  },

  async write({ s3, request }, value) {
    const rule: ServerSideEncryptionRule = {
      ApplyServerSideEncryptionByDefault: byDefault(value),
      BucketKeyEnabled: value.algorithm === 'aws:kms' && value.bucketKey,
      BlockedEncryptionTypes: {
        EncryptionType: [value.customerProvidedKeys === 'allowed' ? 'NONE' : 'SSE-C'],
      },
    };
    await s3.send(
      new PutBucketEncryptionCommand({ ...request, ServerSideEncryptionConfiguration: { Rules: [rule] } }),
    );
  },
};

function fromRule(rule: ServerSideEncryptionRule): Encryption {
  const { SSEAlgorithm, KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault ?? {};
  const blocked = rule.BlockedEncryptionTypes?.EncryptionType?.includes('SSE-C') === true;
  const customerProvidedKeys = blocked ? {} : ({ customerProvidedKeys: 'allowed' } as const);
  if (SSEAlgorithm === undefined || SSEAlgorithm === 'AES256')
    return { algorithm: 'AES256', ...customerProvidedKeys };
  return {
    algorithm: 'aws:kms',
    keyArn: KMSMasterKeyID ?? '',
    bucketKey: rule.BucketKeyEnabled === true,
    ...customerProvidedKeys,
  };
}

function byDefault(value: Encryption): ServerSideEncryptionByDefault {
  if (value.algorithm === 'AES256') return { SSEAlgorithm: 'AES256' };
  return { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: value.keyArn };
}
