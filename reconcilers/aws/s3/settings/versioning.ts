import { GetBucketVersioningCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { BucketSetting } from '../setting.ts';

/** A bucket that never had versions counts as suspended: new objects overwrite old ones in both. */
export type Versioning = 'Enabled' | 'Suspended';

export const versioning: BucketSetting<Versioning> = {
  severity: 'availability',
  whenNew: 'Suspended',

  async read({ s3, request }) {
    const { Status } = await s3.send(new GetBucketVersioningCommand(request));
    return Status === 'Enabled' ? 'Enabled' : 'Suspended';
  },

  async write({ s3, request }, Status) {
    await s3.send(new PutBucketVersioningCommand({ ...request, VersioningConfiguration: { Status } }));
  },
};
