import { TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-secrets-manager';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { MASTER_CREDENTIALS_TAG } from '../rds/master-credentials/master-credentials-tag.ts';
import { tagWrites, toSdkTags } from '../tags.ts';
import { rememberWrite } from './recent-writes.ts';
import type { SecretSpec } from './secret-spec.ts';

/** AWS asks for the window only when a secret is deleted, when its spec may be gone already: the secret keeps it. */
const DELETION_WINDOW_TAG = 'fintech.global/deletion-window-days';
/** Whether a value is due has to be told by a list, which knows no spec: by these two. */
const ROTATION_TAG = 'fintech.global/rotate-after-days';
const OLDEST_TAG = 'fintech.global/not-older-than';
/** What DeleteSecret takes if nothing is said. */
const LONGEST_WINDOW = 30;

type Settings = Pick<SecretSpec, 'recoveryWindowDays' | 'rotateAfterDays' | 'notOlderThan'>;

/** A tag that holds a setting is a field of a spec, and no tag to the engine. */
export function isSettingTag(key: string): boolean {
  return (
    key === DELETION_WINDOW_TAG ||
    key === ROTATION_TAG ||
    key === OLDEST_TAG ||
    key === MASTER_CREDENTIALS_TAG
  );
}

export function settingTags({ recoveryWindowDays, rotateAfterDays, notOlderThan }: Settings): Tags {
  return {
    [DELETION_WINDOW_TAG]: String(recoveryWindowDays),
    ...(rotateAfterDays === undefined ? {} : { [ROTATION_TAG]: String(rotateAfterDays) }),
    ...(notOlderThan === undefined ? {} : { [OLDEST_TAG]: notOlderThan }),
  };
}

export function settingsIn(tags: Tags): Settings {
  return {
    recoveryWindowDays: daysIn(tags, DELETION_WINDOW_TAG) ?? LONGEST_WINDOW,
    rotateAfterDays: daysIn(tags, ROTATION_TAG),
    notOlderThan: tags[OLDEST_TAG],
  };
}

function daysIn(tags: Tags, key: string): number | undefined {
  const days = Number(tags[key]);
  return Number.isInteger(days) && days > 0 ? days : undefined;
}

export async function changeSecretTags(aws: Aws, arn: string, wanted: Tags, actual: Tags): Promise<void> {
  const { written, removed } = tagWrites(wanted, actual);
  rememberWrite(aws, arn);
  if (Object.keys(written).length > 0)
    await aws.secrets.send(new TagResourceCommand({ SecretId: arn, Tags: toSdkTags(written) }));
  if (removed.length > 0)
    await aws.secrets.send(new UntagResourceCommand({ SecretId: arn, TagKeys: removed }));
}
