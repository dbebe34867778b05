import {
  GetObjectLockConfigurationCommand,
  PutObjectLockConfigurationCommand,
  type ObjectLockConfiguration,
} from '@aws-sdk/client-s3';
import { orWhenAbsent, type BucketAccess, type BucketSetting } from '../setting.ts';

/** How long new objects cannot be deleted, by nobody (COMPLIANCE) or by almost nobody (GOVERNANCE). */
export type ObjectLockRetention = {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly days?: number | undefined;
  readonly years?: number | undefined;
};

export const objectLock: BucketSetting<ObjectLockRetention | undefined> = {
  severity: 'security',
  whenNew: undefined,

  async read(bucket) {
    const retention = (await configurationOf(bucket))?.Rule?.DefaultRetention;
    if (retention?.Mode === undefined) return undefined;
    return { mode: retention.Mode, days: retention.Days, years: retention.Years };
  },

  async write({ s3, request }, value) {
    const Rule = value && {
      DefaultRetention: { Mode: value.mode, Days: value.days, Years: value.years },
    };
    await s3.send(
      new PutObjectLockConfigurationCommand({
        ...request,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule },
      }),
    );
  },
};

/** Whether the bucket can lock objects at all: decided when it is created. */
export async function readObjectLockEnabled(bucket: BucketAccess): Promise<boolean> {
  return (await configurationOf(bucket))?.ObjectLockEnabled === 'Enabled';
}

/** One call answers for two fields of the bucket, which are read at the same time. */
const answers = new WeakMap<BucketAccess, Promise<ObjectLockConfiguration | undefined>>();

function configurationOf(bucket: BucketAccess): Promise<ObjectLockConfiguration | undefined> {
  let answer = answers.get(bucket);
  if (answer === undefined) {
    answer = ask(bucket);
    answers.set(bucket, answer);
  }
  return answer;
}

async function ask({ s3, request }: BucketAccess): Promise<ObjectLockConfiguration | undefined> {
  const found = await orWhenAbsent(s3.send(new GetObjectLockConfigurationCommand(request)), undefined);
  return found?.ObjectLockConfiguration;
}
