import { ModifyDBInstanceCommand, StartDBInstanceCommand, StopDBInstanceCommand } from '@aws-sdk/client-rds';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Change, Interruption } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { isOtherMajor } from '../engine-version.ts';
import { logExportChanges } from '../log-exports.ts';
import { versionModification } from '../version-modification.ts';
import { interruptionOf } from './instance-interruption.ts';
import type { ObservedInstance } from './instance-list.ts';
import {
  modificationsOfSettings,
  nextModification,
  type Modification,
  type Modifications,
} from './instance-modification.ts';
import type { InstanceSpec } from './instance-spec.ts';
import { isOfStorage, storageModifications, whyStorageStays } from './instance-storage.ts';

/** In the same order as clusters: cluster-update.ts says why. */
export async function writeInstance(
  aws: Aws,
  current: ObservedInstance,
  spec: InstanceSpec,
  changes: readonly Change[],
): Promise<void> {
  const DBInstanceIdentifier = current.id;
  if (!current.spec.running) return writeStopped(aws, current, spec, changes);
  const blocked = whyStorageStays(spec, current, changes);
  const possible = blocked === undefined ? changes : changes.filter((change) => !isOfStorage(change));
  const modification = modificationOf(spec, current, possible);
  if (modification !== undefined)
    await aws.rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, ...modification }));
  else if (!spec.running) await aws.rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier }));
  else if (blocked !== undefined) throw blocked;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html */
async function writeStopped(
  { rds }: Aws,
  { id }: ObservedInstance,
  spec: InstanceSpec,
  changes: readonly Change[],
): Promise<void> {
  const waiting = new Set(changes.map(({ field }) => field));
  if (spec.running) await rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier: id }));
  else if (waiting.size > 0)
    throw new NotReady(
      `is stopped, and AWS changes no stopped instance: ${[...waiting].join(', ')} waits until it runs`,
    );
}

function modificationOf(
  spec: InstanceSpec,
  current: ObservedInstance,
  changes: readonly Change[],
): Modification | undefined {
  const { parameterGroupName, ...settings } = modificationsOfSettings(spec, current.spec);
  const groupComesWithUpgrade = isOtherMajor(spec.engineVersion, current.outputs.engineVersion);
  const all = {
    ...settings,
    ...(!groupComesWithUpgrade && parameterGroupName && { parameterGroupName }),
    ...modificationsOfDatabase(spec, current),
    ...storageModifications(spec, current),
  };
  return nextModification(all, changes, {
    applyImmediately: spec.applyImmediately,
    waitsForMaintenance: current.outputs.waitsForMaintenance,
    interruptionOf: (change) => interruptionIfDelayed(current, change),
  });
}

/** A port that is changed restarts the instance at once, whatever is asked: it waits for nothing. */
function interruptionIfDelayed(current: ObservedInstance, change: Change): Interruption {
  return change.field === 'port' ? 'none' : interruptionOf(current, change);
}

function modificationsOfDatabase(spec: InstanceSpec, current: ObservedInstance): Modifications {
  return {
    engineVersion: () =>
      versionModification(spec.engineVersion, current.outputs.engineVersion, {
        DBParameterGroupName: spec.parameterGroupName,
      }),
    port: () => ({ DBPortNumber: spec.port }),
    securityGroupIds: () => ({ VpcSecurityGroupIds: [...spec.securityGroupIds] }),
    multiAz: () => ({ MultiAZ: spec.multiAz }),
    backupRetentionDays: () => ({ BackupRetentionPeriod: spec.backupRetentionDays }),
    backupWindow: () => ({ PreferredBackupWindow: spec.backupWindow }),
    copyTagsToSnapshots: () => ({ CopyTagsToSnapshot: spec.copyTagsToSnapshots }),
    deletionProtection: () => ({ DeletionProtection: spec.deletionProtection }),
    iamAuthentication: () => ({ EnableIAMDatabaseAuthentication: spec.iamAuthentication }),
    logExports: () => ({
      CloudwatchLogsExportConfiguration: logExportChanges(spec.logExports, current.spec.logExports),
    }),
  };
}
