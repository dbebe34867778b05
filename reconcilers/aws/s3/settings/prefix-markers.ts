import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { NotFound } from '../../../../controller/engine/errors.ts';
import { changeBucketTags, prefixMarkersIn, withPrefixMarkers } from '../bucket-tags.ts';
import type { BucketAccess, BucketSetting } from '../setting.ts';

const nothing = new Uint8Array();

/**
 * Empty objects that consoles show as folders. Which ones the controller put is kept in a tag: listing a
 * data lake to find them would take as many calls as there are objects.
 */
export const prefixMarkers: BucketSetting<readonly string[]> = {
  severity: 'cosmetic',
  whenNew: [],

  /** Those no longer wanted stay: somebody may have found them useful. */
  equals: (wanted, actual) => wanted.every((key) => actual.includes(key)),

  read: (bucket, tags) => existing(bucket, prefixMarkersIn(tags)),

  async write(bucket, keys) {
    const { s3, request } = bucket;
    await changeBucketTags(bucket, (tags) =>
      withPrefixMarkers(tags, [...new Set([...prefixMarkersIn(tags), ...keys])]),
    );
    const found = await existing(bucket, keys);
    for (const Key of keys.filter((key) => !found.includes(key)))
      await s3.send(new PutObjectCommand({ ...request, Key, Body: nothing }));
  },
};

async function existing(bucket: BucketAccess, keys: readonly string[]): Promise<readonly string[]> {
  const exist = await Promise.all(keys.map((key) => exists(bucket, key)));
  return keys.filter((_key, index) => exist[index]);
}

async function exists({ s3, request }: BucketAccess, Key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ ...request, Key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
