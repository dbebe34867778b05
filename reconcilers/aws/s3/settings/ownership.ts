import { GetBucketOwnershipControlsCommand, PutBucketOwnershipControlsCommand } from '@aws-sdk/client-s3';
import { orWhenAbsent, type BucketSetting } from '../setting.ts';

/** Who owns objects that other accounts write; with `BucketOwnerEnforced` ACLs have no effect at all. */
export type Ownership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export const ownership: BucketSetting<Ownership> = {
  severity: 'security',
  whenNew: 'BucketOwnerEnforced',

  async read({ s3, request }) {
    const found = await orWhenAbsent(s3.send(new GetBucketOwnershipControlsCommand(request)), undefined);
    // Without controls S3 behaves as it did before there were any.
    return found?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'ObjectWriter';
  },

  async write({ s3, request }, ObjectOwnership) {
    const OwnershipControls = { Rules: [{ ObjectOwnership }] };
    await s3.send(new PutBucketOwnershipControlsCommand({ ...request, OwnershipControls }));
  },
};
