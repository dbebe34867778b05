import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Claim, Observed, OwnerQuery, Tags } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { identityOf } from '../../identity.ts';
import type { SecretDescription } from '../../secretsmanager/secret-description.ts';
import { findSecrets } from '../../secretsmanager/secret-search.ts';
import { CURRENT, holderOf, type StagesByVersion } from '../../secretsmanager/staging-labels.ts';
import type { MasterCredentialsOutputs, MasterCredentialsSpec } from './master-credentials-spec.ts';
import { MASTER_CREDENTIALS_TAG, memoryIn, secretVersionOf, type Memory } from './master-credentials-tag.ts';

export type ObservedMasterCredentials = Observed<MasterCredentialsSpec, MasterCredentialsOutputs>;

/** Everything is in the tags of the secrets, which are listed anyway. */
export async function listMasterCredentials(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedMasterCredentials[]> {
  const secrets = await findSecrets(aws, queries, hasMemory);
  return secrets.flatMap((secret) => observed(secret, queries) ?? []);
}

function hasMemory({ tags, isDeleted }: SecretDescription): boolean {
  return MASTER_CREDENTIALS_TAG in tags && !isDeleted;
}

function observed(
  { arn, tags, stages }: SecretDescription,
  queries: readonly OwnerQuery[],
): ObservedMasterCredentials | undefined {
  const identity = claimOn(arn, tags, queries);
  if (identity === undefined) return undefined;
  const memory = memoryIn(tags);
  return {
    ...identity,
    id: arn,
    state: 'ready',
    spec: {
      secretArn: arn,
      secretVersion: memory === undefined ? '' : secretVersionOf(memory),
      databaseKind: 'cluster',
      identifier: '',
      host: memory?.host ?? '',
      port: memory?.port ?? 0,
      writesFirstPassword: false,
    },
    outputs: { secretArn: arn, versionId: memory && validVersionOf(memory, stages) },
  };
}

/** While a version is set, the one before is still in force, if the one that is set was not put in force too early. */
function validVersionOf(
  { version, toldAt }: Memory,
  stages: StagesByVersion | undefined,
): string | undefined {
  if (toldAt === undefined) return version;
  const current = holderOf(stages, CURRENT);
  return current === version ? undefined : current;
}

/** Its owner is the secret's; its node is another than that of the secret, and remembered where the tag is unreadable. */
function claimOn(arn: string, tags: Tags, queries: readonly OwnerQuery[]): Claim | undefined {
  const [owner, node] = [tags[ownerTag], memoryIn(tags)?.node];
  const own = {
    ...(owner === undefined ? {} : { [ownerTag]: owner }),
    ...(node === undefined ? {} : { [nodeTag]: node }),
  };
  return identityOf(arn, own, queries);
}
