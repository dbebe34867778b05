import { GetPublicAccessBlockCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { orWhenAbsent, type BucketSetting } from '../setting.ts';

export type PublicAccessBlock = {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
};

export const publicAccessBlock: BucketSetting<PublicAccessBlock> = {
  severity: 'security',
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
  whenNew: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  },

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
