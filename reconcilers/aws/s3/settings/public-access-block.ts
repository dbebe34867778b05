import { GetPublicAccessBlockCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { orWhenAbsent, type BucketSetting } from '../setting.ts';

export type PublicAccessBlock = {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
};

const nothingBlocked: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

export const publicAccessBlock: BucketSetting<PublicAccessBlock> = {
  severity: 'security',
  // New buckets block everything since April 2023; it is written all the same, as it guards what comes next.
  whenNew: nothingBlocked,

  async read({ s3, request }) {
    const found = await orWhenAbsent(s3.send(new GetPublicAccessBlockCommand(request)), undefined);
    const block = found?.PublicAccessBlockConfiguration;
    return {
      blockPublicAcls: block?.BlockPublicAcls === true,
      ignorePublicAcls: block?.IgnorePublicAcls === true,
      blockPublicPolicy: block?.BlockPublicPolicy === true,
      restrictPublicBuckets: block?.RestrictPublicBuckets === true,
    };
  },

  async write({ s3, request }, value) {
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: value.blockPublicAcls,
      IgnorePublicAcls: value.ignorePublicAcls,
      BlockPublicPolicy: value.blockPublicPolicy,
      RestrictPublicBuckets: value.restrictPublicBuckets,
    };
    await s3.send(new PutPublicAccessBlockCommand({ ...request, PublicAccessBlockConfiguration }));
  },
};
