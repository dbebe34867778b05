import {
  DisableHttpEndpointCommand,
  EnableHttpEndpointCommand,
  ModifyDBClusterCommand,
  StartDBClusterCommand,
  StopDBClusterCommand,
  type ModifyDBClusterCommandInput,
} from '@aws-sdk/client-rds';
import type { Change } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import type { ObservedCluster } from './cluster-list.ts';
import type { ClusterSpec } from './cluster-spec.ts';
import { isOtherMajor } from './engine-version.ts';
import { finalSnapshotIn, finalSnapshotTags } from './final-snapshot.ts';
import { logExportChanges } from './log-exports.ts';
import { changeTags } from './tags.ts';

type Modification = Omit<ModifyDBClusterCommandInput, 'DBClusterIdentifier'>;

/**
 * A stopped cluster takes no changes and one that is modified no others, so each pass does what can be done at once,
 * and sees the rest in the next one: it is started first, changed without interruption, then with it in the
 * maintenance window, and stopped last.
 */
export async function writeCluster(
  aws: Aws,
  current: ObservedCluster,
  spec: ClusterSpec,
  changes: readonly Change[],
): Promise<void> {
  const DBClusterIdentifier = current.id;
  const changed = new Set(changes.map(({ field }) => field));
  if (changed.has('finalSnapshot')) await writeFinalSnapshot(aws, current, spec.finalSnapshot);
  if (changed.has('running') && spec.running) {
    await aws.rds.send(new StartDBClusterCommand({ DBClusterIdentifier }));
    return;
  }
  if (changed.has('dataApi')) await writeDataApi(aws, current.outputs.arn, spec.dataApi);
  const modification = modificationOf(spec, current, changed);
  if (modification !== undefined)
    await aws.rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, ...modification }));
  else if (changed.has('running')) await aws.rds.send(new StopDBClusterCommand({ DBClusterIdentifier }));
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

function modificationOf(
  spec: ClusterSpec,
  current: ObservedCluster,
  changed: ReadonlySet<string>,
): Modification | undefined {
  const calm = withoutInterruption(spec, current, changed);
  const isNewMajor =
    changed.has('engineVersion') && isOtherMajor(spec.engineVersion, current.spec.engineVersion);
  // A group fits one major version: that of the next one comes with it.
  if (changed.has('parameterGroupName') && !isNewMajor)
    calm.DBClusterParameterGroupName = spec.parameterGroupName;
  // Applying something immediately applies with it what waits for the maintenance window.
  const ApplyImmediately = current.outputs.waitsForMaintenance.length === 0;
  if (Object.keys(calm).length > 0) return { ...calm, ApplyImmediately };
  if (!changed.has('engineVersion')) return undefined;
  return {
    EngineVersion: spec.engineVersion,
    ApplyImmediately: false,
    ...(isNewMajor && {
      AllowMajorVersionUpgrade: true,
      DBClusterParameterGroupName: spec.parameterGroupName,
    }),
  };
}

/** But for the port: with that AWS restarts the instances at once, whatever it is asked. */
function withoutInterruption(
  spec: ClusterSpec,
  { spec: actual }: ObservedCluster,
  changed: ReadonlySet<string>,
): Modification {
  const all: { readonly [Field in keyof ClusterSpec]?: Modification } = {
    port: { Port: spec.port },
    securityGroupIds: { VpcSecurityGroupIds: [...spec.securityGroupIds] },
    storageType: { StorageType: spec.storageType },
    backupRetentionDays: { BackupRetentionPeriod: spec.backupRetentionDays },
    backupWindow: { PreferredBackupWindow: spec.backupWindow },
    maintenanceWindow: { PreferredMaintenanceWindow: spec.maintenanceWindow },
    copyTagsToSnapshots: { CopyTagsToSnapshot: spec.copyTagsToSnapshots },
    deletionProtection: { DeletionProtection: spec.deletionProtection },
    iamAuthentication: { EnableIAMDatabaseAuthentication: spec.iamAuthentication },
    logExports: { CloudwatchLogsExportConfiguration: logExportChanges(spec.logExports, actual.logExports) },
    serverlessCapacity: { ServerlessV2ScalingConfiguration: capacityFor(spec) },
  };
  const parts = Object.entries(all).filter(([field]) => changed.has(field));
  return Object.assign({}, ...parts.map(([, part]) => part));
}

export function capacityFor({ serverlessCapacity: capacity }: ClusterSpec) {
  return capacity && { MinCapacity: capacity.min, MaxCapacity: capacity.max };
}
