import { AccessDenied, NotFound, Terminal } from '../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../controller/engine/ownership.ts';
import type { Identity, Tags } from '../../../controller/engine/resource-type.ts';
import { InOtherRegion, NoConfiguration } from '../outcome.ts';
import { readBucketTags } from './bucket-tags.ts';
import type { BucketAccess } from './setting.ts';

/**
 * Whether a bucket that is about to be created is there and is ours: then its creation was carried out, and
 * its answer lost. Throws if it is somebody else's. CreateBucket itself would not tell: in us-east-1 it
 * answers with success for any bucket of the same account, and resets its ACL.
 */
export async function isOursAlready(bucket: BucketAccess, { owner, node }: Identity): Promise<boolean> {
  const name = bucket.request.Bucket;
  const tags = await tagsIfExists(bucket);
  if (tags === undefined) return false;
  if (tags[ownerTag] === owner && tags[nodeTag] === node) return true;
  const whose =
    tags[ownerTag] === undefined
      ? `is not owned by ${owner}`
      : `is owned by ${tags[ownerTag]} (${tags[nodeTag] ?? ''})`;
  throw new Terminal(
    'NotOwned',
    `cannot be created: the bucket ${name} exists already in this account and ${whose}; to hand it over, ` +
      `put the tags ${ownerTag}=${owner} and ${nodeTag}=${node} on it, or choose another name`,
  );
}

async function tagsIfExists(bucket: BucketAccess): Promise<Tags | undefined> {
  const name = bucket.request.Bucket;
  try {
    return await readBucketTags(bucket);
  } catch (error) {
    if (error instanceof NotFound && !(error instanceof NoConfiguration)) return undefined;
    if (error instanceof InOtherRegion) {
      throw new Terminal(
        'NotOwned',
        `cannot be created: the bucket ${name} exists already in another region; choose another name`,
        { cause: error },
      );
    }
    if (!(error instanceof AccessDenied)) throw error;
    throw new Terminal(
      'NotOwned',
      `cannot be created: the bucket ${name} exists already, in another account or with a policy that keeps ` +
        `these credentials out; choose another name (${error.message})`,
      { cause: error },
    );
  }
}
