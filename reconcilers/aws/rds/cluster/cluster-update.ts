import {
  DisableHttpEndpointCommand,
  EnableHttpEndpointCommand,
  ModifyDBClusterCommand,
  StartDBClusterCommand,
  StopDBClusterCommand,
} from '@aws-sdk/client-rds';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Change } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { finalSnapshotIn, finalSnapshotTags } from '../final-snapshot.ts';
import { changeTags } from '../tags.ts';
import type { ObservedCluster } from './cluster-list.ts';
import { modificationOf } from './cluster-modification.ts';
import type { ClusterSpec } from './cluster-spec.ts';

/**
 * A stopped cluster takes no changes and one that is modified no others, so each pass does what can be done at once,
 * and sees the rest in the next one: it is started first, changed without interruption, then with it, and stopped last.
 */
export async function writeCluster(
  aws: Aws,
  current: ObservedCluster,
  spec: ClusterSpec,
  changes: readonly Change[],
): Promise<void> {
  const DBClusterIdentifier = current.id;
  const changed = new Set(changes.map(({ field }) => field));
  if (changed.delete('finalSnapshot')) await writeFinalSnapshot(aws, current, spec.finalSnapshot);
  if (!current.spec.running) return writeStopped(aws, current, spec, changed);
  if (changed.has('dataApi')) await writeDataApi(aws, current.outputs.arn, spec.dataApi);
  const modification = modificationOf(spec, current, changed);
  if (modification !== undefined)
    await aws.rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, ...modification }));
  else if (changed.has('running')) await aws.rds.send(new StopDBClusterCommand({ DBClusterIdentifier }));
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html */
async function writeStopped(
  { rds }: Aws,
  { id }: ObservedCluster,
  spec: ClusterSpec,
  changed: ReadonlySet<string>,
): Promise<void> {
  if (spec.running) await rds.send(new StartDBClusterCommand({ DBClusterIdentifier: id }));
  else if (changed.size > 0)
    throw new NotReady(
      `is stopped, and AWS changes no stopped cluster: ${[...changed].join(', ')} waits until it runs`,
    );
}

/** Which snapshot a deletion makes; none if it is given up. */
export async function writeFinalSnapshot(aws: Aws, current: ObservedCluster, name: string): Promise<void> {
  const actual = finalSnapshotTags(current.spec.finalSnapshot);
  const wanted = finalSnapshotTags(name);
  if (finalSnapshotIn(actual) !== name) await changeTags(aws, current.outputs.arn, wanted, actual);
}

/** Of clusters that are not Serverless v1 ModifyDBCluster changes it not. */
async function writeDataApi({ rds }: Aws, ResourceArn: string, enabled: boolean): Promise<void> {
  if (enabled) await rds.send(new EnableHttpEndpointCommand({ ResourceArn }));
  else await rds.send(new DisableHttpEndpointCommand({ ResourceArn }));
}
