import {
  GetBucketLoggingCommand,
  PutBucketLoggingCommand,
  type BucketLoggingStatus,
} from '@aws-sdk/client-s3';
import type { BucketSetting } from '../setting.ts';

/** Where S3 writes a line for every request, best effort and hours later. */
export type Logging = { readonly targetBucket: string; readonly targetPrefix: string };

export const logging: BucketSetting<Logging | undefined> = {
  severity: 'security',
  whenNew: undefined,

  async read({ s3, request }) {
    const { LoggingEnabled } = await s3.send(new GetBucketLoggingCommand(request));
    if (LoggingEnabled === undefined) return undefined;
    return {
      targetBucket: LoggingEnabled.TargetBucket ?? '',
      targetPrefix: LoggingEnabled.TargetPrefix ?? '',
    };
  },

  async write({ s3, request }, value) {
    // S3 has no call that deletes it: an empty status switches it off.
    const BucketLoggingStatus: BucketLoggingStatus =
      value === undefined
        ? {}
        : { LoggingEnabled: { TargetBucket: value.targetBucket, TargetPrefix: value.targetPrefix } };
    await s3.send(new PutBucketLoggingCommand({ ...request, BucketLoggingStatus }));
  },
};
