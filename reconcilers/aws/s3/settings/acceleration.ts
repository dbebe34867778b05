import {
  GetBucketAccelerateConfigurationCommand,
  PutBucketAccelerateConfigurationCommand,
} from '@aws-sdk/client-s3';
import type { BucketSetting } from '../setting.ts';

/** Uploads through CloudFront's edges. A bucket that never had it counts as suspended. */
export type Acceleration = 'Enabled' | 'Suspended';

export const acceleration: BucketSetting<Acceleration> = {
  severity: 'cost',
  whenNew: 'Suspended',

  async read({ s3, request }) {
    const { Status } = await s3.send(new GetBucketAccelerateConfigurationCommand(request));
    return Status ?? 'Suspended';
  },

  async write({ s3, request }, Status) {
    const AccelerateConfiguration = { Status };
    await s3.send(new PutBucketAccelerateConfigurationCommand({ ...request, AccelerateConfiguration }));
  },
};
