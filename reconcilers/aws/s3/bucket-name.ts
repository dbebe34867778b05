import { hash } from 'node:crypto';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const LONGEST = 63;
const HASH_LENGTH = 8;

/** A name that a bucket may have, made of a longer one of lower-case letters, digits and hyphens; always the same. */
export function bucketNameOf(name: string): string {
  if (name.length <= LONGEST) return name;
  const shortened = name.slice(0, LONGEST - HASH_LENGTH - 1).replace(/-$/, '');
  return `${shortened}-${hash('sha256', name).slice(0, HASH_LENGTH)}`;
}
