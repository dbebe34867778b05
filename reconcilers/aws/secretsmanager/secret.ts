import { DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import { NotFound, NotReady } from '../../../controller/engine/errors.ts';
import type { Observed, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { rememberWrite } from './recent-writes.ts';
import { createSecret } from './secret-creation.ts';
import { describeSecret } from './secret-description.ts';
import { listSecrets } from './secret-list.ts';
import type { SecretOutputs, SecretSpec } from './secret-spec.ts';
import { changeSecretTags } from './secret-tags.ts';
import { writeSecret } from './secret-update.ts';

/** A secret whose value is generated here and read only where it is used. */
export const Secret: ResourceType<SecretSpec, SecretOutputs, Aws> = {
  name: 'secretsmanager/secret',
  fields: {
    name: { severity: 'availability', immutable: true },
    description: { severity: 'cosmetic' },
    kmsKeyArn: { severity: 'security' },
    recoveryWindowDays: { severity: 'availability' },
    rotateAfterDays: { severity: 'security' },
    notOlderThan: { severity: 'security' },
    content: { severity: 'availability', createOnly: true },
    secretState: { severity: 'availability' },
    age: {
      severity: 'security',
      equals: (wanted, actual) => wanted === 'any' || wanted === actual,
      isExpected: (_, actual) => actual === 'due',
    },
  },
  absence: 'availability',
  holdsData: true,
  uniqueBy: 'name',
  nameField: 'name',
  deletionIsReversible: true,
  // An empty one waits for a person.
  changeableWhilePending: true,
  ownersPerList: 100,
  // The lists lag behind by minutes, but what was written lately is described one by one.
  settleTime: 10_000,

  list: listSecrets,
  create: createSecret,
  update: writeSecret,
  delete: deleteSecret,

  async setTags(aws, current, tags) {
    await changeSecretTags(aws, current.id, tags, current.tags ?? {});
  },
};

async function deleteSecret(aws: Aws, current: Observed<SecretSpec, SecretOutputs>): Promise<void> {
  if (current.state === 'deleting') return;
  rememberWrite(aws, current.id);
  try {
    await aws.secrets.send(
      new DeleteSecretCommand({
        SecretId: current.id,
        RecoveryWindowInDays: current.spec.recoveryWindowDays,
      }),
    );
  } catch (error) {
    if (error instanceof NotFound) return;
    // Secrets Manager refuses to schedule it twice, as it refuses whatever does not fit the state of a secret.
    if (error instanceof NotReady && (await describeSecret(aws, current.id))?.isDeleted === true) return;
    throw error;
  }
}
