import type { Tags } from '../../../controller/engine/resource-type.ts';
import { isAuthTokenTag } from './auth-token-tag.ts';
import type { ReplicationGroupSpec } from './replication-group-spec.ts';

/** ElastiCache asks for a snapshot when a group is deleted, when its spec may be gone already: the group keeps it. */
const SNAPSHOT_TAG = 'fintech.global/snapshot-before-deletion';
const OVERLAP_TAG = 'fintech.global/auth-token-overlap-seconds';

type Settings = Pick<ReplicationGroupSpec, 'finalSnapshot' | 'authTokenOverlapSeconds'>;

export function settingTags({ finalSnapshot, authTokenOverlapSeconds }: Settings): Tags {
  return { [SNAPSHOT_TAG]: String(finalSnapshot), [OVERLAP_TAG]: String(authTokenOverlapSeconds) };
}

/** Where the tag is gone, the snapshot is taken: one too many costs less than one too few. */
export function settingsIn(tags: Tags): Settings {
  const seconds = Number(tags[OVERLAP_TAG]);
  return {
    finalSnapshot: tags[SNAPSHOT_TAG] !== 'false',
    authTokenOverlapSeconds: Number.isInteger(seconds) ? seconds : 0,
  };
}

export function isSettingTag(key: string): boolean {
  return key === SNAPSHOT_TAG || key === OVERLAP_TAG;
}

/** Tags that hold settings are fields of the spec, and no tags to the engine. */
export function isOwnTag(key: string): boolean {
  return isSettingTag(key) || isAuthTokenTag(key);
}
