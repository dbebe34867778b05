import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Conflict } from '../../../controller/engine/errors.ts';

/**
 * Texts in a bucket, written only if nobody else has written them since: this is how a second daemon on the
 * same state is noticed (S3 User Guide, "How to prevent object overwrites with conditional writes").
 */
export class StateBlobs {
  private readonly s3: S3Client;
  private readonly bucket: string;

  /** Credentials are the daemon's own: the state is in its account, not in those of the Environments. */
  constructor(bucket: string, s3: S3Client = new S3Client()) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  list(prefix: string): Promise<readonly string[]> {
    return this.inBucket(this.keysOf(prefix));
  }

  async get(key: string): Promise<{ readonly body: string; readonly etag: string } | undefined> {
    try {
      const request = this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      const found = await this.inBucket(request);
      return { body: (await found.Body?.transformToString()) ?? '', etag: found.ETag ?? '' };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async put(key: string, body: string, expectedEtag: string | null): Promise<string> {
    const condition = expectedEtag === null ? { IfNoneMatch: '*' } : { IfMatch: expectedEtag };
    const object = { Bucket: this.bucket, Key: key, Body: body, ContentType: 'application/json' };
    const written = await this.conditionally(
      key,
      this.s3.send(new PutObjectCommand({ ...object, ...condition })),
    );
    return written.ETag ?? '';
  }

  async delete(key: string, etag: string): Promise<void> {
    await this.conditionally(
      key,
      this.s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key, IfMatch: etag })),
    );
  }

  private async keysOf(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    const pages = paginateListObjectsV2({ client: this.s3 }, { Bucket: this.bucket, Prefix: prefix });
    for await (const page of pages) keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
    return keys;
  }

  private async conditionally<T>(key: string, write: Promise<T>): Promise<T> {
    try {
      return await this.inBucket(write);
    } catch (error) {
      // 412 PreconditionFailed; 409 ConditionalRequestConflict where two writes met; 404 where an expected one is gone.
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === undefined || ![404, 409, 412].includes(status)) throw error;
      throw new Conflict(
        `s3://${this.bucket}/${key} was written by somebody else: another daemon has the same state`,
        {
          cause: error,
        },
      );
    }
  }

  /** What is wrong with the bucket is no conflict, and S3 does not say which bucket it means. */
  private async inBucket<T>(request: Promise<T>): Promise<T> {
    try {
      return await request;
    } catch (error) {
      if (!(error instanceof S3ServiceException) || error.name !== 'NoSuchBucket') throw error;
      throw new Error(`the bucket ${this.bucket}, which is to hold the state, does not exist`, {
        cause: error,
      });
    }
  }
}
