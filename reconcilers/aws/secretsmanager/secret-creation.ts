import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { Conflict } from '../../../controller/engine/errors.ts';
import type { Created, Creation } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { toSdkTags } from '../tags.ts';
import { rememberWrite } from './recent-writes.ts';
import { sendGenerated } from './secret-content.ts';
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
    const description = {
      Name: spec.name,
      Description: spec.description,
      KmsKeyId: spec.kmsKeyArn,
      Tags: toSdkTags({ ...creation.tags, ...settingTags(spec) }),
    };
    // Without a value it has no version yet.
    const isEmpty = spec.content?.kind === 'external';
    const created = isEmpty
      ? await aws.secrets.send(new CreateSecretCommand(description))
      : await sendGenerated(aws, spec.content, {}, (generated) =>
          aws.secrets.send(new CreateSecretCommand({ ...description, ...generated })),
        );
    const { ARN: arn = '', VersionId: versionId = '' } = created;
    rememberWrite(aws, arn);
    if (isEmpty) return { id: arn };
    const outputs = { arn, name: spec.name, hasValue: true, versionId, newestVersionId: versionId };
    return { id: arn, outputs };
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    // What is missing on it, or that it waits for its deletion, the next pass sees.
    return { id: await ownSecret(aws, spec.name, creation, error) };
  }
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
const TAKEN_BACK = 'AWS tags it only after aws secretsmanager restore-secret --secret-id';

/** The ARN of the secret of this name. Throws if it is somebody else's. */
async function ownSecret(aws: Aws, name: string, creation: Creation, cause: unknown): Promise<string> {
  const existing = await describeSecret(aws, name);
  if (existing === undefined) throw new Conflict(`found ${name} and then not`, { cause });
  const { arn, tags, isDeleted } = existing;
  const state = isDeleted ? `waits for its deletion (${TAKEN_BACK} ${name})` : 'exists already';
  makeSureItIsOurs(`a secret ${name} ${state}`, tags, creation, cause);
  rememberWrite(aws, arn);
  return arn;
}
