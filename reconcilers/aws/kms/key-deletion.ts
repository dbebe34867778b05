import { DescribeKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { NotFound, NotReady } from '../../../controller/engine/errors.ts';
import type { Observed } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { deleteAlias } from './alias.ts';
import type { KeyOutputs, KeySpec } from './key-spec.ts';

/** Keys cannot be deleted at once: AWS keeps them for the window, in which it can be taken back. */
export async function deleteKey(aws: Aws, current: Observed<KeySpec, KeyOutputs>): Promise<void> {
  if (current.state === 'deleting') return;
  if (current.spec.alias !== '') await deleteAlias(aws, current.spec.alias);
  try {
    await aws.kms.send(
      new ScheduleKeyDeletionCommand({
        KeyId: current.id,
        PendingWindowInDays: current.spec.deletionWindowDays,
      }),
    );
  } catch (error) {
    if (error instanceof NotFound) return;
    // KMS refuses to schedule it twice, as it refuses whatever does not fit the state of a key.
    if (error instanceof NotReady && (await isGoing(aws, current.id))) return;
    throw error;
  }
}

async function isGoing({ kms }: Aws, KeyId: string): Promise<boolean> {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  return KeyMetadata?.KeyState === 'PendingDeletion';
}
