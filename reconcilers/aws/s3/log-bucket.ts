import { differences } from '../../../controller/engine/compare.ts';
import type { Created, Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { omitTags } from '../tags.ts';
import { accessTo, outputsOf } from './bucket-access.ts';
import { createBucket } from './bucket-creation.ts';
import { deleteBucket } from './bucket-deletion.ts';
import { Bucket } from './bucket.ts';
import { emptyOnDeletionTags, isSettingTag } from './bucket-tags.ts';
import { listLogBuckets } from './log-bucket-list.ts';
import { forgetSettings, newLogBucket, settings, writeSettings } from './log-bucket-settings.ts';
import type { LogBucketOutputs, LogBucketSpec } from './log-bucket-spec.ts';
import { changeLogBucketTags, logBucketTags } from './log-bucket-tags.ts';

/**
 * A bucket that services deliver logs into, and that costs few calls to watch: it has fewer settings than an
 * `s3/bucket`, and not all are read each time. As both are found by the same tags, a kind has one of the two types.
 */
export const LogBucket: ResourceType<LogBucketSpec, LogBucketOutputs, Aws> = {
  name: 's3/log-bucket',
  fields: { name: { severity: 'availability', immutable: true }, ...settings },
  absence: 'availability',
  holdsData: true,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: Bucket.ownersPerList,
  settleTime: Bucket.settleTime,

  list: listLogBuckets,
  create: createLogBucket,

  async update(aws, { id }, spec, changes) {
    await writeSettings(aws, id, spec, new Set(changes.map(({ field }) => field)));
  },

  async delete(aws, { id, outputs }) {
    try {
      await deleteBucket(accessTo(aws, id));
    } finally {
      forgetSettings(aws, id);
      logBucketTags.forget(aws, outputs.arn);
    }
  },

  async setTags(aws, { id }, tags) {
    await changeLogBucketTags(aws, id, (actual) => ({
      ...tags,
      ...omitTags(actual, (key) => !isSettingTag(key)),
    }));
  },
};

async function createLogBucket(
  aws: Aws,
  spec: LogBucketSpec,
  creation: Creation,
): Promise<Created<LogBucketOutputs>> {
  const { name, ownership } = spec;
  const tags = { ...creation.tags, ...emptyOnDeletionTags(spec.emptyOnDeletion) };
  const outputs = outputsOf(aws, name);
  if (!(await createBucket(aws, { name, ownership, objectLockEnabled: false, tags }, creation)))
    return { id: name };
  logBucketTags.remember(aws, outputs.arn, tags);
  const made = { ...newLogBucket, ownership, emptyOnDeletion: spec.emptyOnDeletion };
  const different = differences({ fields: settings }, spec, made);
  try {
    await writeSettings(aws, name, spec, new Set(different.map(({ field }) => field)));
  } catch {
    // An error from here would read as if no bucket had been made; the next pass reports what stands in the way.
    return { id: name };
  }
  return { id: name, outputs };
}
