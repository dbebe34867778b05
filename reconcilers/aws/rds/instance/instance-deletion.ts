import { DeleteDBInstanceCommand, StartDBInstanceCommand } from '@aws-sdk/client-rds';
import { NotReady, Terminal } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { protectionOf } from '../../deletion-protection.ts';
import { ifThere } from '../../if-there.ts';
import { finalSnapshotName } from '../final-snapshot.ts';
import type { ObservedInstance } from './instance-list.ts';

/**
 * Here AWS makes the snapshot: nothing is written between it and the deletion, and the instance is `deleting`, with
 * its data, until the snapshot is available.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
 */
export async function deleteInstance({ rds }: Aws, current: ObservedInstance): Promise<void> {
  const { id, state, message, spec } = current;
  const DBInstanceIdentifier = id;
  if (state === 'deleting') return;
  const protection = protectionOf(spec.deletionProtection);
  if (protection !== undefined) throw new Terminal('DeletionBlocked', `(${id}) ${protection}`);
  if (state === 'failed')
    throw new Terminal(
      'DeletionBlocked',
      `(${id}) ${message ?? 'failed'}, and AWS makes no final snapshot of it: delete it by hand if its data may go`,
    );
  if (!spec.running) {
    await ifThere(rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier })));
    throw new NotReady('is started first: AWS makes no final snapshot of a stopped instance');
  }
  const FinalDBSnapshotIdentifier = finalSnapshotName(id, new Date());
  await ifThere(rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, FinalDBSnapshotIdentifier })));
}
