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
  // There are no nodes to take one of if the creation failed.
  const isTaken = spec.finalSnapshot && current.state !== 'failed';
  try {
    await aws.elasticache.send(
      new DeleteReplicationGroupCommand({
        ReplicationGroupId: id,
        ...(isTaken ? { FinalSnapshotIdentifier: snapshotName(id) } : {}),
      }),
    );
  } catch (error) {
    if (error instanceof NotFound) return;
    // It is refused while anything else happens to the group, and that may be its deletion.
    if (!(error instanceof NotReady) || !(await isGoing(aws, id))) throw error;
  }
  cacheTags.forget(aws, arnOf(aws, 'replicationgroup', id));
}

/** The time makes it unique: a group of the same name may have left one before. */
function snapshotName(id: string): string {
  const time = new Date().toISOString().replaceAll(/\D/g, '');
  return `${id}-final-${time}`;
}

async function isGoing({ elasticache }: Aws, ReplicationGroupId: string): Promise<boolean> {
  const { ReplicationGroups } = await elasticache.send(
    new DescribeReplicationGroupsCommand({ ReplicationGroupId }),
  );
  return ReplicationGroups?.[0]?.Status === 'deleting';
}
