import { paginateListSecretVersionIds } from '@aws-sdk/client-secrets-manager';
import type { Aws } from '../cloud.ts';
import type { SecretDescription } from './secret-description.ts';
import type { SecretSpec } from './secret-spec.ts';
import { CURRENT, holderOf, pendingVersion } from './staging-labels.ts';

const DAY = 24 * 60 * 60_000;

/** By ARN, of the version in force. A version never changes, so that it is asked for once. */
const made = new WeakMap<Aws, Map<string, { readonly versionId: string; readonly at: Date }>>();

/** Whether the value in force is to be followed by another, and no other is on its way. */
export async function ageOf(
  aws: Aws,
  secret: SecretDescription,
  rotateAfterDays: number | undefined,
): Promise<SecretSpec['age']> {
  if (rotateAfterDays === undefined || secret.isDeleted) return 'current';
  if (pendingVersion(secret.stages) !== undefined) return 'current';
  const limit = Date.now() - rotateAfterDays * DAY;
  const isOld = (date: Date | undefined): boolean => date !== undefined && date.getTime() < limit;
  // No version is older than the secret.
  if (!isOld(secret.created)) return 'current';
  return isOld(await currentVersionMade(aws, secret)) ? 'due' : 'current';
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
