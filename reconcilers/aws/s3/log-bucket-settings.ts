import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { InTurns } from '../in-turns.ts';
import { accessTo } from './bucket-access.ts';
import { withEmptyOnDeletion } from './bucket-tags.ts';
import type { LogBucketSpec } from './log-bucket-spec.ts';
import { changeLogBucketTags } from './log-bucket-tags.ts';
import type { BucketSetting } from './setting.ts';
import { emptyOnDeletion } from './settings/empty-on-deletion.ts';
import { encryption } from './settings/encryption.ts';
import { lifecycle } from './settings/lifecycle.ts';
import { ownership } from './settings/ownership.ts';
import { policy } from './settings/policy.ts';
import { publicAccessBlock } from './settings/public-access-block.ts';
import { versioning } from './settings/versioning.ts';

type LogBucketSettings = Omit<LogBucketSpec, 'name'>;

export const settings: {
  readonly [Name in keyof LogBucketSettings]: BucketSetting<LogBucketSettings[Name]>;
} = { publicAccessBlock, ownership, encryption, versioning, policy, lifecycle, emptyOnDeletion };

/** What a new bucket has. */
export const newLogBucket: LogBucketSettings = {
  publicAccessBlock: publicAccessBlock.whenNew,
  ownership: ownership.whenNew,
  encryption: encryption.whenNew,
  versioning: versioning.whenNew,
  policy: policy.whenNew,
  lifecycle: lifecycle.whenNew,
  emptyOnDeletion: emptyOnDeletion.whenNew,
};

/** A list reads one of these; who may get at the logs it reads each time. */
type TakingTurns = Pick<LogBucketSettings, 'ownership' | 'encryption' | 'versioning' | 'lifecycle'>;

const turns = new InTurns<TakingTurns>(1);

export async function readSettings(aws: Aws, name: string, tags: Tags): Promise<LogBucketSettings> {
  const bucket = accessTo(aws, name);
  const [access, statements, emptied, others] = await Promise.all([
    publicAccessBlock.read(bucket, tags),
    policy.read(bucket, tags),
    emptyOnDeletion.read(bucket, tags),
    turns.of(aws, name, {
      ownership: () => ownership.read(bucket, tags),
      encryption: () => encryption.read(bucket, tags),
      versioning: () => versioning.read(bucket, tags),
      lifecycle: () => lifecycle.read(bucket, tags),
    }),
  ]);
  return { publicAccessBlock: access, policy: statements, emptyOnDeletion: emptied, ...others };
}

/** The next list reads everything anew. */
export function forgetSettings(aws: Aws, name: string): void {
  turns.forget(aws, name);
}

/** One after the other, what protects first: S3 aborts changes of one bucket that overlap. */
export async function writeSettings(
  aws: Aws,
  name: string,
  wanted: LogBucketSettings,
  changed: ReadonlySet<string>,
): Promise<void> {
  const bucket = accessTo(aws, name);
  try {
    if (changed.has('publicAccessBlock')) await publicAccessBlock.write(bucket, wanted.publicAccessBlock);
    if (changed.has('ownership')) await ownership.write(bucket, wanted.ownership);
    if (changed.has('encryption')) await encryption.write(bucket, wanted.encryption);
    if (changed.has('versioning')) await versioning.write(bucket, wanted.versioning);
    if (changed.has('policy')) await policy.write(bucket, wanted.policy);
    if (changed.has('lifecycle')) await lifecycle.write(bucket, wanted.lifecycle);
    if (changed.has('emptyOnDeletion'))
      await changeLogBucketTags(aws, name, (tags) => withEmptyOnDeletion(tags, wanted.emptyOnDeletion));
  } finally {
    forgetSettings(aws, name);
  }
}
