import type { Tags } from '../../../controller/engine/resource-type.ts';

/** AWS asks for no name before the deletion, which takes several attempts: the cluster keeps it. */
const FINAL_SNAPSHOT_TAG = 'fintech.global/final-snapshot';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterSnapshot.html */
const LONGEST_NAME = 63;

/** Another one for every deletion: `<identifier>-final-20300131180000000`. */
export function finalSnapshotName(identifier: string, now: Date): string {
  const suffix = `-final-${now.toISOString().replaceAll(/\D/g, '')}`;
  // A name has no two hyphens in a row.
  return `${identifier.slice(0, LONGEST_NAME - suffix.length).replace(/-+$/, '')}${suffix}`;
}

/** A tag that holds a setting is a field of the spec, and no tag to the engine. */
export function isFinalSnapshotTag(key: string): boolean {
  return key === FINAL_SNAPSHOT_TAG;
}

export function finalSnapshotTags(name: string): Tags {
  return name === '' ? {} : { [FINAL_SNAPSHOT_TAG]: name };
}

export function finalSnapshotIn(tags: Tags): string {
  return tags[FINAL_SNAPSHOT_TAG] ?? '';
}
