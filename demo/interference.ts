import { DeletePublicAccessBlockCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';

/** What somebody with too many rights does to the lake in the console, while nobody looks. */
export async function interfere(
  endpoint: string,
  buckets: { readonly data: string; readonly logs: string },
): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
  // The data bucket has an object lock, so S3 itself refuses to suspend its versioning.
  const VersioningConfiguration = { Status: 'Suspended' } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: buckets.logs, VersioningConfiguration }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket: buckets.data }));
  s3.destroy();
}
