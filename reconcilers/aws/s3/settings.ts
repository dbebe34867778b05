import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { BucketSpec } from './bucket-spec.ts';
import type { BucketAccess, BucketSetting } from './setting.ts';
import { acceleration } from './settings/acceleration.ts';
import { cors } from './settings/cors.ts';
import { emptyOnDeletion } from './settings/empty-on-deletion.ts';
import { encryption } from './settings/encryption.ts';
import { intelligentTiering } from './settings/intelligent-tiering.ts';
import { lifecycle } from './settings/lifecycle.ts';
import { logging } from './settings/logging.ts';
import { objectLock } from './settings/object-lock.ts';
import { ownership } from './settings/ownership.ts';
import { policy } from './settings/policy.ts';
import { prefixMarkers } from './settings/prefix-markers.ts';
import { publicAccessBlock } from './settings/public-access-block.ts';
import { replication } from './settings/replication.ts';
import { requestPayment } from './settings/request-payment.ts';
import { versioning } from './settings/versioning.ts';
import { website } from './settings/website.ts';

/** The fields of a bucket that can be written after its creation. */
export type BucketSettings = Omit<BucketSpec, 'name' | 'objectLockEnabled'>;
export type SettingName = keyof BucketSettings;

/**
 * In the order of writing: what protects comes first, and what S3 wants to be there before something else
 * comes before it (versioning before replication and object lock). Prefix markers come before object
 * lock, which would keep them from ever being deleted.
 */
export const settings: { readonly [Name in SettingName]: BucketSetting<BucketSettings[Name]> } = {
  publicAccessBlock,
  ownership,
  encryption,
  versioning,
  prefixMarkers,
  objectLock,
  policy,
  logging,
  lifecycle,
  replication,
  intelligentTiering,
  website,
  cors,
  requestPayment,
  acceleration,
  emptyOnDeletion,
};

const settingNames: readonly SettingName[] = Object.keys(settings).filter(
  (name): name is SettingName => name in settings,
);

/** What a new bucket has. */
export const newBucketSettings: BucketSettings = complete(
  Object.assign({}, ...settingNames.map((name) => ({ [name]: settings[name].whenNew }))),
);

/** All settings of a bucket, read at once. */
export async function readSettings(bucket: BucketAccess, tags: Tags): Promise<BucketSettings> {
  const found: Partial<BucketSettings> = {};
  await Promise.all(
    settingNames.map(async (name) => {
      Object.assign(found, { [name]: await settings[name].read(bucket, tags) });
    }),
  );
  return complete(found);
}

/** Writes some settings, one after the other: S3 aborts changes of one bucket that overlap. */
export async function writeSettings(
  bucket: BucketAccess,
  wanted: BucketSettings,
  changed: ReadonlySet<string>,
): Promise<void> {
  // Versioning can be suspended only when nothing needs it any more.
  const isLast = (name: SettingName): boolean => name === 'versioning' && wanted.versioning === 'Suspended';
  const inOrder = [...settingNames.filter((name) => !isLast(name)), ...settingNames.filter(isLast)];
  for (const name of inOrder) if (changed.has(name)) await write(bucket, name, wanted[name]);
}

/** Knows that setting and value are of the same name, which a loop does not. */
async function write<Name extends SettingName>(
  bucket: BucketAccess,
  name: Name,
  value: BucketSettings[Name],
): Promise<void> {
  await settings[name].write(bucket, value);
}

function complete(found: Partial<BucketSettings>): BucketSettings {
  if (isComplete(found)) return found;
  throw new Error('a setting of the bucket was not read');
}

function isComplete(found: Partial<BucketSettings>): found is BucketSettings {
  return settingNames.every((name) => name in found);
}
