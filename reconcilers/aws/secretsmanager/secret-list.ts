import type { Observed, OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { identityOf } from '../identity.ts';
import { omitTags } from '../tags.ts';
import { ageOf } from './secret-age.ts';
import { isEmpty, type SecretDescription } from './secret-description.ts';
import { findSecrets } from './secret-search.ts';
import type { SecretOutputs, SecretSpec } from './secret-spec.ts';
import { isSettingTag, settingsIn } from './secret-tags.ts';
import { CURRENT, holderOf, pendingVersion } from './staging-labels.ts';

type ObservedSecret = Observed<SecretSpec, SecretOutputs>;

export async function listSecrets(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedSecret[]> {
  const isOurs = ({ arn, tags }: SecretDescription) => identityOf(arn, tags, queries) !== undefined;
  const found = await findSecrets(aws, queries, isOurs);
  const observed = await Promise.all(found.map((secret) => observe(aws, secret, queries)));
  return observed.filter((secret) => secret !== undefined);
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
  const current = holderOf(stages, CURRENT);
  const versionId = current ?? '';
  return {
    ...identity,
    id: arn,
    ...stateOf(secret),
    spec: {
      name,
      description,
      kmsKeyArn,
      ...settings,
      content: undefined,
      secretState: isDeleted ? 'PendingDeletion' : 'Active',
      age: await ageOf(aws, secret, settings),
    },
    outputs: {
      arn,
      name,
      hasValue: current !== undefined,
      versionId,
      newestVersionId: pendingVersion(stages) ?? versionId,
    },
    tags: omitTags(tags, isSettingTag),
  };
}

/** A task that is to get an empty secret does not start, so whatever refers to it waits for the value. */
function stateOf(secret: SecretDescription): Pick<ObservedSecret, 'state' | 'message'> {
  if (secret.isDeleted) return { state: 'deleting', message: 'waits for its deletion' };
  if (!isEmpty(secret)) return { state: 'ready' };
  const command = `aws secretsmanager put-secret-value --secret-id ${secret.name} --secret-string file://value`;
  return { state: 'pending', message: `waits until somebody puts a value into it: ${command}` };
}
