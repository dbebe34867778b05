import { InvalidArgumentError } from 'commander';
import { InvalidDuration, parseDuration } from '../engine/duration.ts';

/** Where the state is kept: a directory, or a prefix in a bucket. */
export type StateLocation =
  | { readonly directory: string }
  | { readonly bucket: string; readonly prefix: string };

export function parseState(text: string): StateLocation {
  if (!text.startsWith('s3://')) return { directory: text };
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(text) ?? [];
  if (bucket === '') throw new InvalidArgumentError('Write it as s3://BUCKET/PREFIX.');
  return { bucket, prefix };
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Not a whole number above 0.');
  return count;
}

export function parsePeriod(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof InvalidDuration) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
