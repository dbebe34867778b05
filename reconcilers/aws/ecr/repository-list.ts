import type { EncryptionConfiguration, Repository as SdkRepository } from '@aws-sdk/client-ecr';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { ownedTags } from '../owned.ts';
import { omitTags } from '../tags.ts';
import { nameIn } from './repository-arn.ts';
import { findRepositories } from './repository-search.ts';
import { readSettings } from './repository-settings.ts';
import type { RepositoryEncryption, RepositoryOutputs, RepositorySpec } from './repository-spec.ts';
import { emptiesOnDeletion, isSettingTag, repositoryTags } from './repository-tags.ts';

export type ObservedRepository = Observed<RepositorySpec, RepositoryOutputs>;

/** Repositories by their names, by what was seen before and by their tags; the names decide nothing, the tags do. */
export async function listRepositories(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedRepository[]> {
  const indexed = await ownedTags(aws, 'ecr:repository', queries, nameIn);
  const names = new Set(indexed.keys());
  for (const query of queries)
    for (const name of [...query.names.values(), ...query.known.values()]) names.add(name);
  const repositories = await findRepositories(aws, [...names]);
  const found = await Promise.all(repositories.map((item) => observe(aws, item, indexed, queries)));
  return found.flat();
}

/** Nothing if it goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  item: SdkRepository,
  indexed: ReadonlyMap<string, Tags>,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedRepository[]> {
  const { repositoryName: name = '', repositoryArn: arn = '', repositoryUri: uri = '' } = item;
  try {
    const [tags, settings] = await Promise.all([
      repositoryTags.of(aws, arn, indexed.get(name)),
      readSettings(aws, name),
    ]);
    return claimsOn(name, tags, queries).map((claim) => ({
      ...claim,
      id: name,
      state: 'ready',
      spec: {
        name,
        scanOnPush: item.imageScanningConfiguration?.scanOnPush ?? false,
        tagMutability: item.imageTagMutability ?? 'MUTABLE',
        encryption: encryptionOf(item.encryptionConfiguration),
        ...settings,
        emptyOnDeletion: emptiesOnDeletion(tags),
      },
      outputs: { arn, name, uri },
      tags: omitTags(tags, isSettingTag),
    }));
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}

function encryptionOf(found: EncryptionConfiguration | undefined): RepositoryEncryption {
  const { encryptionType: type = 'AES256', kmsKey: kmsKeyArn = '' } = found ?? {};
  return type === 'AES256' ? { type } : { type, kmsKeyArn };
}
