import { RestoreSecretCommand, UpdateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { Change, Observed } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { rememberWrite } from './recent-writes.ts';
import { makeSuccessor } from './secret-rotation.ts';
import type { SecretOutputs, SecretSpec } from './secret-spec.ts';
import { changeSecretTags, settingTags } from './secret-tags.ts';

/** Nothing can be done with a secret that waits for its deletion but to restore it, so that comes first. */
export async function writeSecret(
  aws: Aws,
  current: Observed<SecretSpec, SecretOutputs>,
  spec: SecretSpec,
  changes: readonly Change[],
): Promise<void> {
  const SecretId = current.id;
  const changed = new Set(changes.map(({ field }) => field));
  rememberWrite(aws, SecretId);
  if (changed.has('secretState')) await aws.secrets.send(new RestoreSecretCommand({ SecretId }));
  if (changed.has('description') || changed.has('kmsKeyArn'))
    await aws.secrets.send(
      new UpdateSecretCommand({
        SecretId,
        Description: spec.description,
        // With a new key, AWS encrypts the versions that have a label anew.
        ...(changed.has('kmsKeyArn') ? { KmsKeyId: spec.kmsKeyArn ?? 'alias/aws/secretsmanager' } : {}),
      }),
    );
  if (['recoveryWindowDays', 'rotateAfterDays', 'notOlderThan'].some((field) => changed.has(field)))
    await changeSecretTags(aws, SecretId, settingTags(spec), settingTags(current.spec));
  // A tag that asks for one and is not of the spec has just been taken away.
  const isRotated = spec.rotateAfterDays !== undefined || spec.notOlderThan !== undefined;
  if (changed.has('age') && isRotated) await makeSuccessor(aws, current, spec.content);
}
