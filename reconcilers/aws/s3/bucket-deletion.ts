import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
} from '@aws-sdk/client-s3';
import { AccessDenied, NotFound, NotReady, Terminal } from '../../../controller/engine/errors.ts';
import { NoConfiguration } from '../outcome.ts';
import { EMPTY_ON_DELETION_TAG, prefixMarkersIn, readBucketTags } from './bucket-tags.ts';
import type { BucketAccess } from './setting.ts';

/** As many as DeleteObjects takes: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const PAGE = 1_000;

type Version = { readonly Key: string; readonly VersionId: string };
type Page = { readonly versions: readonly Version[]; readonly isLast: boolean };

/**
 * Deletes a bucket that is empty but for our own prefix markers. Objects go only where the bucket itself
 * says so, by a tag that was put on before: a page with each call, so that no call takes for ever.
 */
export async function deleteBucket(bucket: BucketAccess): Promise<void> {
  try {
    const tags = await readBucketTags(bucket);
    if (tags[EMPTY_ON_DELETION_TAG] === 'true') await empty(bucket);
    else await checkEmpty(bucket, prefixMarkersIn(tags));
    await bucket.s3.send(new DeleteBucketCommand(bucket.request));
  } catch (error) {
    if (error instanceof NotFound && !(error instanceof NoConfiguration)) return;
    throw error;
  }
}

async function empty(bucket: BucketAccess): Promise<void> {
  const page = await versionsIn(bucket);
  await deleteVersions(bucket, page.versions);
  await abortUploads(bucket);
  if (!page.isLast) {
    const { length } = page.versions;
    throw new NotReady(`still holds objects: ${length} versions were deleted just now, and there are more`);
  }
}

async function checkEmpty(bucket: BucketAccess, markers: readonly string[]): Promise<void> {
  const page = await versionsIn(bucket);
  const isMarker = ({ Key }: Version): boolean => markers.includes(Key);
  const others = page.versions.filter((version) => !isMarker(version));
  if (others.length > 0 || !page.isLast) {
    const count = `${others.length}${page.isLast ? '' : ' or more'}`;
    throw new Terminal(
      'NotEmpty',
      `cannot be deleted: the bucket ${bucket.request.Bucket} holds ${count} object versions, ` +
        `${others[0]?.Key ?? 'prefix markers'} among them; empty it, or set emptyOnDeletion and let that be ` +
        `applied before the bucket has to go`,
    );
  }
  await deleteVersions(bucket, page.versions);
}

async function versionsIn({ s3, request }: BucketAccess): Promise<Page> {
  const page = await s3.send(new ListObjectVersionsCommand({ ...request, MaxKeys: PAGE }));
  const listed = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
  const versions = listed.map(({ Key = '', VersionId = 'null' }) => ({ Key, VersionId }));
  return { versions, isLast: page.IsTruncated !== true };
}

async function deleteVersions({ s3, request }: BucketAccess, versions: readonly Version[]): Promise<void> {
  if (versions.length === 0) return;
  const Objects: ObjectIdentifier[] = [...versions];
  const { Errors = [] } = await s3.send(
    new DeleteObjectsCommand({ ...request, Delete: { Objects, Quiet: true } }),
  );
  const [first] = Errors;
  if (first === undefined) return;
  const what = `${Errors.length} of ${versions.length} object versions (${first.Key ?? ''}: ${first.Code ?? ''})`;
  if (first.Code !== 'AccessDenied') throw new NotReady(`cannot yet be emptied of ${what}`);
  throw new AccessDenied(
    `cannot be emptied of ${what}: either object lock keeps them until their retention ends, or ` +
      `s3:DeleteObjectVersion is not allowed`,
  );
}

/** Parts of uploads that were never finished are in no list of objects, but are paid for. */
async function abortUploads({ s3, request }: BucketAccess): Promise<void> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand(request));
  for (const { Key, UploadId } of Uploads)
    await s3.send(new AbortMultipartUploadCommand({ ...request, Key, UploadId }));
}
