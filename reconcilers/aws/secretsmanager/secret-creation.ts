import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { Conflict } from '../../../controller/engine/errors.ts';
import type { Created, Creation } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { toSdkTags } from '../tags.ts';
import { rememberWrite } from './recent-writes.ts';
import { generate } from './secret-content.ts';
import { describeSecret } from './secret-description.ts';
import type { SecretOutputs, SecretSpec } from './secret-spec.ts';
import { settingTags } from './secret-tags.ts';

/**
 * A value that was generated cannot be generated again, so a call whose answer was lost is no call to repeat:
 * what has the name already is taken as it is, if it is ours.
 */
export async function createSecret(
  aws: Aws,
  spec: SecretSpec,
  creation: Creation,
): Promise<Created<SecretOutputs>> {
  try {
    const { ARN: arn = '', VersionId: versionId = '' } = await aws.secrets.send(
      new CreateSecretCommand({
        Name: spec.name,
        Description: spec.description,
        KmsKeyId: spec.kmsKeyArn,
        Tags: toSdkTags({ ...creation.tags, ...settingTags(spec) }),
        ...(await generate(aws, spec.content)),
      }),
    );
    rememberWrite(aws, arn);
    return { id: arn, outputs: { arn, name: spec.name, versionId, newestVersionId: versionId } };
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    // What is missing on it, or that it waits for its deletion, the next pass sees.
    return { id: await ownSecret(aws, spec.name, creation, error) };
  }
}

/** The ARN of the secret of this name. Throws if it is somebody else's. */
async function ownSecret(aws: Aws, name: string, creation: Creation, cause: unknown): Promise<string> {
  const existing = await describeSecret(aws, name);
  if (existing === undefined) throw new Conflict(`found ${name} and then not`, { cause });
  const { arn, tags, isDeleted } = existing;
  const state = isDeleted ? 'waits for its deletion, which can be taken back,' : 'exists already';
  makeSureItIsOurs(`a secret ${name} ${state}`, tags, creation, cause);
  rememberWrite(aws, arn);
  return arn;
}
