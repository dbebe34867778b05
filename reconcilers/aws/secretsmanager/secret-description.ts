import {
  DescribeSecretCommand,
  paginateListSecrets,
  type DescribeSecretCommandOutput,
  type SecretListEntry,
} from '@aws-sdk/client-secrets-manager';
import { NotFound } from '../../../controller/engine/errors.ts';
import { ownerTag } from '../../../controller/engine/ownership.ts';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { fromSdkTags, withoutAwsTags } from '../tags.ts';
import { CURRENT, holderOf, type StagesByVersion } from './staging-labels.ts';

/** What Secrets Manager tells of a secret beside its value. */
export type SecretDescription = {
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly kmsKeyArn: string | undefined;
  readonly created: Date | undefined;
  readonly isDeleted: boolean;
  readonly stages: StagesByVersion;
  readonly tags: Tags;
};

/** It was made without a value, and nobody has put one into it. */
export function isEmpty({ stages, isDeleted }: SecretDescription): boolean {
  return !isDeleted && holderOf(stages, CURRENT) === undefined;
}

/** Every secret of the controller in the region, in pages of 100, whoever has them. */
export async function listDescriptions({ secrets: client }: Aws): Promise<readonly SecretDescription[]> {
  const found: SecretDescription[] = [];
  const filters = {
    Filters: [{ Key: 'tag-key' as const, Values: [ownerTag] }],
    IncludePlannedDeletion: true,
    MaxResults: 100,
  };
  for await (const { SecretList = [] } of paginateListSecrets({ client }, filters))
    found.push(...SecretList.map((entry) => descriptionOf(entry, entry.SecretVersionsToStages)));
  return found;
}

/** By name or ARN; undefined if there is none. It does not lag behind. */
export async function describeSecret(
  { secrets }: Aws,
  SecretId: string,
): Promise<SecretDescription | undefined> {
  try {
    const secret = await secrets.send(new DescribeSecretCommand({ SecretId }));
    return descriptionOf(secret, secret.VersionIdsToStages);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

function descriptionOf(
  secret: SecretListEntry | DescribeSecretCommandOutput,
  stages: StagesByVersion = {},
): SecretDescription {
  return {
    arn: secret.ARN ?? '',
    name: secret.Name ?? '',
    description: secret.Description ?? '',
    kmsKeyArn: secret.KmsKeyId,
    created: secret.CreatedDate,
    isDeleted: secret.DeletedDate !== undefined,
    stages,
    tags: withoutAwsTags(fromSdkTags(secret.Tags)),
  };
}
