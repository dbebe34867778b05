import {
  DeleteBucketWebsiteCommand,
  GetBucketWebsiteCommand,
  PutBucketWebsiteCommand,
} from '@aws-sdk/client-s3';
import { orWhenAbsent, type BucketSetting } from '../setting.ts';

/** A bucket as a web site: pages of its own, or a redirect to another host. */
export type Website = {
  readonly indexDocument?: string | undefined;
  readonly errorDocument?: string | undefined;
  readonly redirectAllRequestsTo?: string | undefined;
};

export const website: BucketSetting<Website | undefined> = {
  severity: 'security',
  whenNew: undefined,

  async read({ s3, request }) {
    const found = await orWhenAbsent(s3.send(new GetBucketWebsiteCommand(request)), undefined);
    if (found === undefined) return undefined;
    return {
      indexDocument: found.IndexDocument?.Suffix,
      errorDocument: found.ErrorDocument?.Key,
      redirectAllRequestsTo: found.RedirectAllRequestsTo?.HostName,
    };
  },

  async write({ s3, request }, value) {
    if (value === undefined) {
      await s3.send(new DeleteBucketWebsiteCommand(request));
      return;
    }
    const { indexDocument, errorDocument, redirectAllRequestsTo } = value;
    const WebsiteConfiguration = {
      IndexDocument: indexDocument === undefined ? undefined : { Suffix: indexDocument },
      ErrorDocument: errorDocument === undefined ? undefined : { Key: errorDocument },
      RedirectAllRequestsTo:
        redirectAllRequestsTo === undefined ? undefined : { HostName: redirectAllRequestsTo },
    };
    await s3.send(new PutBucketWebsiteCommand({ ...request, WebsiteConfiguration }));
  },
};
