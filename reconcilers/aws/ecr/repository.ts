import {
  CreateRepositoryCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  type Repository as SdkRepository,
} from '@aws-sdk/client-ecr';
import type { Change, Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { samePolicy } from '../policy-document.ts';
import { toSdkTags } from '../tags.ts';
import { sameLifecycle } from './lifecycle-policy.ts';
import { arnOf } from './repository-arn.ts';
import { deleteRepository } from './repository-deletion.ts';
import { listRepositories, type ObservedRepository } from './repository-list.ts';
import { forgetSettings, writeLifecycle, writePolicy } from './repository-settings.ts';
import type { RepositoryEncryption, RepositoryOutputs, RepositorySpec } from './repository-spec.ts';
import {
  changeRepositoryTags,
  isSettingTag,
  readRepositoryTags,
  repositoryTags,
  settingTags,
} from './repository-tags.ts';

/** Where the images of a service are kept. */
export const Repository: ResourceType<RepositorySpec, RepositoryOutputs, Aws> = {
  name: 'ecr/repository',
  fields: {
    name: { severity: 'availability', immutable: true },
    scanOnPush: { severity: 'security' },
    tagMutability: { severity: 'security' },
    encryption: { severity: 'security', immutable: true },
    lifecycle: { severity: 'cost', equals: sameLifecycle },
    policy: { severity: 'security', equals: samePolicy },
    emptyOnDeletion: { severity: 'cosmetic' },
  },
  absence: 'availability',
  holdsData: true,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: 100,
  // No page of https://docs.aws.amazon.com/AmazonECR/latest/APIReference/Welcome.html names a delay of what is shown;
  // writing the same again is harmless, so a short time does.
  settleTime: 10_000,

  list: listRepositories,

  async create(aws, spec, creation) {
    const { name } = spec;
    const made = await createRepository(aws, spec, creation);
    // What is missing on it, the next pass sees and writes.
    if (made === undefined) return { id: name };
    try {
      if (spec.policy !== undefined) await writePolicy(aws, name, spec.policy);
      if (spec.lifecycle !== undefined) await writeLifecycle(aws, name, spec.lifecycle);
    } catch {
      // An error from here would read as if no repository had been made; the next pass reports what stands in the way.
      return { id: name };
    } finally {
      forgetSettings(aws, name);
    }
    return { id: name, outputs: { arn: arnOf(aws, name), name, uri: made.repositoryUri ?? '' } };
  },

  async update(aws, current, spec, changes) {
    try {
      await writeRepository(aws, current, spec, changes);
    } finally {
      forgetSettings(aws, current.id);
    }
  },

  async delete(aws, { id }) {
    await deleteRepository(aws, id);
  },

  async setTags(aws, { id }, tags) {
    await changeRepositoryTags(aws, id, tags, (key) => !isSettingTag(key));
  },
};

/** Undefined if it was there already, made by a call whose answer was lost. */
async function createRepository(
  aws: Aws,
  spec: RepositorySpec,
  creation: Creation,
): Promise<SdkRepository | undefined> {
  const tags = { ...creation.tags, ...settingTags(spec.emptyOnDeletion) };
  try {
    const { repository } = await aws.ecr.send(
      new CreateRepositoryCommand({
        repositoryName: spec.name,
        imageTagMutability: spec.tagMutability,
        imageScanningConfiguration: { scanOnPush: spec.scanOnPush },
        encryptionConfiguration: encryptionInput(spec.encryption),
        tags: toSdkTags(tags),
      }),
    );
    repositoryTags.remember(aws, arnOf(aws, spec.name), tags);
    return repository;
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    const actual = await readRepositoryTags(aws, spec.name);
    makeSureItIsOurs(`a repository ${spec.name} exists already`, actual, creation, error);
    return undefined;
  }
}

function encryptionInput(wanted: RepositoryEncryption) {
  const { type: encryptionType } = wanted;
  return wanted.type === 'AES256' ? { encryptionType } : { encryptionType, kmsKey: wanted.kmsKeyArn };
}

/** Who may reach the images before what becomes of them. */
async function writeRepository(
  aws: Aws,
  { id: repositoryName }: ObservedRepository,
  spec: RepositorySpec,
  changes: readonly Change[],
): Promise<void> {
  const changed = new Set(changes.map(({ field }) => field));
  if (changed.has('policy')) await writePolicy(aws, repositoryName, spec.policy);
  if (changed.has('tagMutability')) {
    const imageTagMutability = spec.tagMutability;
    await aws.ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability }));
  }
  if (changed.has('scanOnPush')) {
    const imageScanningConfiguration = { scanOnPush: spec.scanOnPush };
    await aws.ecr.send(
      new PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration }),
    );
  }
  if (changed.has('lifecycle')) await writeLifecycle(aws, repositoryName, spec.lifecycle);
  if (changed.has('emptyOnDeletion'))
    await changeRepositoryTags(aws, repositoryName, settingTags(spec.emptyOnDeletion), isSettingTag);
}
