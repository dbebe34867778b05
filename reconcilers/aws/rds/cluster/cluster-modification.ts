import type { ModifyDBClusterCommandInput } from '@aws-sdk/client-rds';
import type { Change, Interruption } from '../../../../controller/engine/resource-type.ts';
import { finalVersion, isOtherMajor } from '../engine-version.ts';
import { logExportChanges } from '../log-exports.ts';
import { versionModification } from '../version-modification.ts';
import type { ObservedCluster } from './cluster-list.ts';
import type { ClusterSpec } from './cluster-spec.ts';
import { fieldsThatWait } from './cluster-waiting.ts';

type Modification = Omit<ModifyDBClusterCommandInput, 'DBClusterIdentifier'>;
type Modifications = { readonly [Field in keyof ClusterSpec]?: () => Modification };

/**
 * What interrupts, by https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html: the port
 * restarts all instances at once; a minor upgrade may do without a restart, which is not known before; the storage type
 * restarts instances with Optimized Reads, and a cluster does not tell the classes of its instances.
 */
const RESTARTS: ReadonlySet<string> = new Set(['port', 'engineVersion', 'storageType']);

export function interruptionOf({ outputs }: ObservedCluster, { field, to }: Change): Interruption {
  if (field === 'running') return to === false ? 'restart' : 'none';
  const changed = field === 'applyImmediately' ? fieldsThatWait(outputs.waitsForMaintenance) : [field];
  return changed.some((one) => RESTARTS.has(one)) ? 'restart' : 'none';
}

/** First what does not interrupt, then what does, in the maintenance window unless it is to be at once. */
export function modificationOf(
  spec: ClusterSpec,
  current: ObservedCluster,
  changed: ReadonlySet<string>,
): Modification | undefined {
  const calm = partsOf(withoutInterruption(spec, current), changed);
  // Applying something immediately applies with it what waits for the maintenance window.
  const isNothingWaiting = current.outputs.waitsForMaintenance.length === 0;
  if (calm !== undefined) return { ...calm, ApplyImmediately: spec.applyImmediately || isNothingWaiting };
  const waiting = changed.has('applyImmediately') ? fieldsThatWait(current.outputs.waitsForMaintenance) : [];
  const all = { ...withoutInterruption(spec, current), ...withInterruption(spec, current, changed) };
  const parts = partsOf(all, new Set([...changed, ...waiting]));
  return parts && { ...parts, ApplyImmediately: spec.applyImmediately };
}

/** But for the port: with that AWS restarts the instances at once, whatever it is asked. */
function withoutInterruption(spec: ClusterSpec, { spec: actual, outputs }: ObservedCluster): Modifications {
  const groupComesWithUpgrade = isOtherMajor(spec.engineVersion, outputs.engineVersion);
  return {
    port: () => ({ Port: spec.port }),
    ...(!groupComesWithUpgrade && {
      parameterGroupName: () => ({ DBClusterParameterGroupName: spec.parameterGroupName }),
    }),
    securityGroupIds: () => ({ VpcSecurityGroupIds: [...spec.securityGroupIds] }),
    backupRetentionDays: () => ({ BackupRetentionPeriod: spec.backupRetentionDays }),
    backupWindow: () => ({ PreferredBackupWindow: spec.backupWindow }),
    maintenanceWindow: () => ({ PreferredMaintenanceWindow: spec.maintenanceWindow }),
    copyTagsToSnapshots: () => ({ CopyTagsToSnapshot: spec.copyTagsToSnapshots }),
    deletionProtection: () => ({ DeletionProtection: spec.deletionProtection }),
    iamAuthentication: () => ({ EnableIAMDatabaseAuthentication: spec.iamAuthentication }),
    logExports: () => ({
      CloudwatchLogsExportConfiguration: logExportChanges(spec.logExports, actual.logExports),
    }),
    serverlessCapacity: () => ({ ServerlessV2ScalingConfiguration: capacityFor(spec) }),
  };
}

function withInterruption(
  spec: ClusterSpec,
  current: ObservedCluster,
  changed: ReadonlySet<string>,
): Modifications {
  return {
    storageType: () => ({ StorageType: spec.storageType }),
    engineVersion: () => versionFor(spec, current, changed.has('engineVersion')),
  };
}

/** `isChanged` false: the upgrade that waits is asked for once more. */
function versionFor(spec: ClusterSpec, current: ObservedCluster, isChanged: boolean): Modification {
  const { engineVersion: present } = current.outputs;
  const wanted = isChanged ? spec.engineVersion : finalVersion(current.spec.engineVersion);
  return versionModification(wanted, present, {
    DBClusterParameterGroupName: spec.parameterGroupName,
    DBInstanceParameterGroupName: spec.instanceParameterGroupName,
  });
}

export function capacityFor({ serverlessCapacity: capacity }: ClusterSpec) {
  return capacity && { MinCapacity: capacity.min, MaxCapacity: capacity.max };
}

function partsOf(all: Modifications, changed: ReadonlySet<string>): Modification | undefined {
  const parts = Object.entries(all).filter(([field]) => changed.has(field));
  return parts.length === 0 ? undefined : Object.assign({}, ...parts.map(([, part]) => part()));
}
