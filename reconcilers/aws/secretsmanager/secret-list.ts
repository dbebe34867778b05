import type { Observed, OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { identityOf } from '../identity.ts';
import { omitTags } from '../tags.ts';
import { isWrittenLately } from './recent-writes.ts';
import { ageOf } from './secret-age.ts';
import { describeSecret, listDescriptions, type SecretDescription } from './secret-description.ts';
import type { SecretOutputs, SecretSpec } from './secret-spec.ts';
import { isSettingTag, settingsIn } from './secret-tags.ts';
import { CURRENT, holderOf, pendingVersion } from './staging-labels.ts';

type ObservedSecret = Observed<SecretSpec, SecretOutputs>;

/** All at once by their tags; one by one only what that may not show. */
export async function listSecrets(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedSecret[]> {
  const listed = await listDescriptions(aws);
  const doubtful = new Set(namesAndIds(queries));
  const certain: SecretDescription[] = [];
  for (const secret of listed) {
    doubtful.delete(secret.name);
    doubtful.delete(secret.arn);
    if (identityOf(secret.arn, secret.tags, queries) === undefined) continue;
    if (isWrittenLately(aws, secret.arn)) doubtful.add(secret.arn);
    else certain.push(secret);
  }
  const described = await Promise.all([...doubtful].map((id) => describeSecret(aws, id)));
  // A secret can be asked for by its name and by its ARN.
  const found = new Map(
    [...certain, ...described].flatMap((secret) => (secret === undefined ? [] : [[secret.arn, secret]])),
  );
  const observed = await Promise.all([...found.values()].map((secret) => observe(aws, secret, queries)));
  return observed.filter((secret) => secret !== undefined);
}

function namesAndIds(queries: readonly OwnerQuery[]): readonly string[] {
  return queries.flatMap(({ names, known }) => [...names.values(), ...known.values()]);
}

async function observe(
  aws: Aws,
  secret: SecretDescription,
  queries: readonly OwnerQuery[],
): Promise<ObservedSecret | undefined> {
  const identity = identityOf(secret.arn, secret.tags, queries);
  if (identity === undefined) return undefined;
  const { arn, name, description, kmsKeyArn, isDeleted, stages, tags } = secret;
  const settings = settingsIn(tags);
  const versionId = holderOf(stages, CURRENT) ?? '';
  return {
    ...identity,
    id: arn,
    ...(isDeleted ? { state: 'deleting', message: 'waits for its deletion' } : { state: 'ready' }),
    spec: {
      name,
      description,
      kmsKeyArn,
      ...settings,
      content: undefined,
      secretState: isDeleted ? 'PendingDeletion' : 'Active',
      age: await ageOf(aws, secret, settings.rotateAfterDays),
    },
    outputs: { arn, name, versionId, newestVersionId: pendingVersion(stages) ?? versionId },
    tags: omitTags(tags, isSettingTag),
  };
}
