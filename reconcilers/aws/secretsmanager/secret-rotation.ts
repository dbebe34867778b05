import { hash } from 'node:crypto';
import { PutSecretValueCommand, UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import type { Observed } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { sendGenerated } from './secret-content.ts';
import { describeSecret } from './secret-description.ts';
import type { SecretContent, SecretOutputs, SecretSpec } from './secret-spec.ts';
import { readSecret } from './secret-value.ts';
import { holderOf, PENDING, pendingVersion } from './staging-labels.ts';

/**
 * Makes the version that is to follow the one in force, which stays in force: only who uses the secret knows when
 * the new value is valid. The id of the new version follows from the old one, so there is only one successor.
 */
export async function makeSuccessor(
  aws: Aws,
  { id: SecretId, outputs }: Observed<SecretSpec, SecretOutputs>,
  content: SecretContent | undefined,
): Promise<void> {
  const successor = hash('sha256', `${SecretId} ${outputs.versionId}`).slice(0, 32);
  const existing = content?.kind === 'json' ? (await readSecret(aws, SecretId)).parts() : {};
  try {
    const version = { SecretId, ClientRequestToken: successor, VersionStages: [PENDING] };
    await sendGenerated(aws, content, existing, (generated) =>
      aws.secrets.send(new PutSecretValueCommand({ ...version, ...generated })),
    );
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    await labelAgain(aws, SecretId, successor);
  }
}

/** It was made by a call whose answer was lost, or somebody gave it up. */
async function labelAgain(aws: Aws, SecretId: string, version: string): Promise<void> {
  const secret = await describeSecret(aws, SecretId);
  if (secret === undefined || pendingVersion(secret.stages) !== undefined) return;
  await aws.secrets.send(
    new UpdateSecretVersionStageCommand({
      SecretId,
      VersionStage: PENDING,
      MoveToVersionId: version,
      RemoveFromVersionId: holderOf(secret.stages, PENDING),
    }),
  );
}
