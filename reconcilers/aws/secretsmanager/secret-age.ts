import { paginateListSecretVersionIds } from '@aws-sdk/client-secrets-manager';
import type { Aws } from '../cloud.ts';
import type { SecretDescription } from './secret-description.ts';
import type { SecretSpec } from './secret-spec.ts';
import { CURRENT, holderOf, pendingVersion } from './staging-labels.ts';

const DAY = 24 * 60 * 60_000;

type Limits = Pick<SecretSpec, 'rotateAfterDays' | 'notOlderThan'>;

/** By ARN, of the version in force. A version never changes, so that it is asked for once. */
const made = new WeakMap<Aws, Map<string, { readonly versionId: string; readonly at: Date }>>();

/** Whether the value in force is to be followed by another, and no other is on its way. */
export async function ageOf(
  aws: Aws,
  secret: SecretDescription,
  settings: Limits,
): Promise<SecretSpec['age']> {
  const limit = oldestAllowed(settings, aws.clock.now());
  if (limit === undefined || secret.isDeleted) return 'current';
  if (pendingVersion(secret.stages) !== undefined) return 'current';
  const isOld = (date: Date | undefined): boolean => date !== undefined && date.getTime() < limit;
  // No version is older than the secret.
  if (!isOld(secret.created)) return 'current';
  return isOld(await currentVersionMade(aws, secret)) ? 'due' : 'current';
}

function oldestAllowed({ rotateAfterDays, notOlderThan }: Limits, now: number): number | undefined {
  const limits: number[] = [];
  if (rotateAfterDays !== undefined) limits.push(now - rotateAfterDays * DAY);
  const time = notOlderThan === undefined ? undefined : Date.parse(notOlderThan);
  // Of a time to come every value would be older, the next one too.
  if (time !== undefined && time <= now) limits.push(time);
  return limits.length === 0 ? undefined : Math.max(...limits);
}

async function currentVersionMade(aws: Aws, { arn, stages }: SecretDescription): Promise<Date | undefined> {
  const versionId = holderOf(stages, CURRENT);
  if (versionId === undefined) return undefined;
  const known = made.get(aws)?.get(arn);
  if (known?.versionId === versionId) return known.at;
  const pages = paginateListSecretVersionIds({ client: aws.secrets }, { SecretId: arn, MaxResults: 100 });
  for await (const { Versions = [] } of pages) {
    const at = Versions.find(({ VersionId }) => VersionId === versionId)?.CreatedDate;
    if (at === undefined) continue;
    const ofCloud = made.get(aws) ?? new Map<string, { readonly versionId: string; readonly at: Date }>();
    made.set(aws, ofCloud.set(arn, { versionId, at }));
    return at;
  }
  return undefined;
}
