import {
  CancelKeyDeletionCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  PutKeyPolicyCommand,
  UpdateKeyDescriptionCommand,
  type KeyState,
} from '@aws-sdk/client-kms';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { Change, Observed } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { deleteAlias, pointAlias } from './alias.ts';
import type { KeyOutputs, KeyRotation, KeySpec } from './key-spec.ts';
import { changeKeyTags, deletionWindowTags, isSettingTag } from './key-tags.ts';

/** A key that is not enabled can be given hardly anything: it is enabled first, and disabled last. */
export async function writeKey(
  aws: Aws,
  current: Observed<KeySpec, KeyOutputs>,
  spec: KeySpec,
  changes: readonly Change[],
): Promise<void> {
  const KeyId = current.id;
  const changed = new Set(changes.map(({ field }) => field));
  const from = current.spec.keyState;
  if (changed.has('keyState') && spec.keyState === 'Enabled') await enableKey(aws, KeyId, from);
  if (changed.has('policy')) {
    const Policy = JSON.stringify(spec.policy);
    await aws.kms.send(new PutKeyPolicyCommand({ KeyId, Policy, BypassPolicyLockoutSafetyCheck: false }));
  }
  if (changed.has('rotation')) await writeRotation(aws, KeyId, spec.rotation);
  if (changed.has('description'))
    await aws.kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: spec.description }));
  if (changed.has('deletionWindowDays'))
    await changeKeyTags(aws, KeyId, deletionWindowTags(spec.deletionWindowDays), isSettingTag);
  if (changed.has('alias')) {
    await pointAlias(aws, spec.alias, KeyId, current.owner);
    if (current.spec.alias !== '') await deleteAlias(aws, current.spec.alias);
  }
  if (changed.has('keyState') && spec.keyState !== 'Enabled')
    await disableKey(aws, KeyId, spec.keyState, from);
}

/** Also changes the period of a rotation that is enabled already. */
export async function writeRotation({ kms }: Aws, KeyId: string, rotation: KeyRotation): Promise<void> {
  if (rotation.enabled)
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: rotation.periodDays }));
  else await kms.send(new DisableKeyRotationCommand({ KeyId }));
}

async function enableKey({ kms }: Aws, KeyId: string, from: KeyState): Promise<void> {
  if (from === 'PendingDeletion') await kms.send(new CancelKeyDeletionCommand({ KeyId }));
  // A key whose deletion is cancelled comes back disabled.
  await kms.send(new EnableKeyCommand({ KeyId }));
}

export async function disableKey(
  { kms }: Aws,
  KeyId: string,
  wanted: KeyState,
  from: KeyState,
): Promise<void> {
  if (wanted !== 'Disabled')
    throw new Terminal('InvalidSpec', `cannot be made ${wanted}: a key is wanted either Enabled or Disabled`);
  if (from === 'PendingDeletion') await kms.send(new CancelKeyDeletionCommand({ KeyId }));
  else await kms.send(new DisableKeyCommand({ KeyId }));
}
