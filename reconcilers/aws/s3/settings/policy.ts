import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { parsePolicy, samePolicy, type PolicyDocument } from '../../policy-document.ts';
import { orWhenAbsent, type BucketSetting } from '../setting.ts';

export const policy: BucketSetting<PolicyDocument | undefined> = {
  severity: 'security',
  whenNew: undefined,
  equals: samePolicy,

  async read({ s3, request }) {
    const found = await orWhenAbsent(s3.send(new GetBucketPolicyCommand(request)), undefined);
    return parsePolicy(found?.Policy);
  },

  async write({ s3, request }, value) {
    if (value === undefined) await s3.send(new DeleteBucketPolicyCommand(request));
    else await s3.send(new PutBucketPolicyCommand({ ...request, Policy: JSON.stringify(value) }));
  },
};
