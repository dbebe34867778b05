import { DeleteReplicationGroupCommand, DescribeReplicationGroupsCommand } from '@aws-sdk/client-elasticache';
import { NotFound, NotReady } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { arnOf } from './arn.ts';
import type { ObservedReplicationGroup } from './replication-group-list.ts';
import { cacheTags } from './tags.ts';

/** AWS takes the final snapshot of the primary, and only then deletes what it was taken of. */
export async function deleteReplicationGroup(aws: Aws, current: ObservedReplicationGroup): Promise<void> {
  if (current.state === 'deleting') return;
  const { id, spec } = current;
  const status = await statusOf(aws, id);
  if (status === undefined || status === 'deleting')
    return cacheTags.forget(aws, arnOf(aws, 'replicationgroup', id));
  // AWS refuses it in all other states, among them that in which it takes the final snapshot.
  if (status !== 'available' && status !== 'create-failed')
    throw new NotReady(`waits to be deleted: it is ${status}`);
  // There are no nodes to take one of if the creation failed.
  const isTaken = spec.finalSnapshot && status !== 'create-failed';
  try {
    await aws.elasticache.send(
      new DeleteReplicationGroupCommand({
        ReplicationGroupId: id,
        ...(isTaken ? { FinalSnapshotIdentifier: snapshotName(id) } : {}),
      }),
    );
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  cacheTags.forget(aws, arnOf(aws, 'replicationgroup', id));
}

/** The time makes it unique: a group of the same name may have left one before. */
function snapshotName(id: string): string {
  const time = new Date().toISOString().replaceAll(/\D/g, '');
  return `${id}-final-${time}`;
}

async function statusOf({ elasticache }: Aws, ReplicationGroupId: string): Promise<string | undefined> {
  try {
    const { ReplicationGroups: [group] = [] } = await elasticache.send(
      new DescribeReplicationGroupsCommand({ ReplicationGroupId }),
    );
    return group?.Status;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
