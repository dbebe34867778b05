import {
  ModifyDBInstanceCommand,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
  type ModifyDBInstanceCommandInput,
} from '@aws-sdk/client-rds';
import type { Change } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { isOtherMajor } from './engine-version.ts';
import type { ObservedInstance } from './instance-list.ts';
import type { InstanceSpec } from './instance-spec.ts';
import { logExportChanges } from './log-exports.ts';

type Modification = Omit<ModifyDBInstanceCommandInput, 'DBInstanceIdentifier'>;
type Modifications = { readonly [Field in keyof InstanceSpec]?: Modification };

/** In the same order as clusters: cluster-update.ts says why. */
export async function writeInstance(
  aws: Aws,
  current: ObservedInstance,
  spec: InstanceSpec,
  changes: readonly Change[],
): Promise<void> {
  const DBInstanceIdentifier = current.id;
  const changed = new Set(changes.map(({ field }) => field));
  if (changed.has('running') && spec.running === true) {
    await aws.rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier }));
    return;
  }
  const modification = modificationOf(spec, current, changed);
  if (modification !== undefined)
    await aws.rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, ...modification }));
  else if (changed.has('running')) await aws.rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier }));
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html says what interrupts. */
function modificationOf(
  spec: InstanceSpec,
  current: ObservedInstance,
  changed: ReadonlySet<string>,
): Modification | undefined {
  const isNewMajor =
    changed.has('engineVersion') && isOtherMajor(spec.engineVersion ?? '', current.spec.engineVersion ?? '');
  // A group fits one major version: that of the next one comes with it.
  const group = { DBParameterGroupName: spec.parameterGroupName };
  const calm = partsOf(
    { ...withoutInterruption(spec, current.spec), ...(isNewMajor ? {} : { parameterGroupName: group }) },
    changed,
  );
  // Applying something immediately applies with it what waits for the maintenance window.
  const ApplyImmediately = current.outputs.waitsForMaintenance.length === 0;
  if (calm !== undefined) return { ...calm, ApplyImmediately };
  const withInterruption = partsOf(
    {
      instanceClass: { DBInstanceClass: spec.instanceClass },
      caCertificate: { CACertificateIdentifier: spec.caCertificate },
      engineVersion: {
        EngineVersion: spec.engineVersion,
        ...(isNewMajor && { AllowMajorVersionUpgrade: true, ...group }),
      },
    },
    changed,
  );
  return withInterruption && { ...withInterruption, ApplyImmediately: false };
}

/** But for the port: with that AWS restarts the instance at once, whatever it is asked. */
function withoutInterruption(spec: InstanceSpec, actual: InstanceSpec): Modifications {
  const { performanceInsights, monitoring } = spec;
  return {
    maintenanceWindow: { PreferredMaintenanceWindow: spec.maintenanceWindow },
    publiclyAccessible: { PubliclyAccessible: spec.publiclyAccessible },
    autoMinorVersionUpgrade: { AutoMinorVersionUpgrade: spec.autoMinorVersionUpgrade },
    performanceInsights: performanceInsightsFor(performanceInsights),
    monitoring: {
      MonitoringInterval: monitoring?.intervalSeconds ?? 0,
      ...(monitoring && { MonitoringRoleArn: monitoring.roleArn }),
    },
    promotionTier: { PromotionTier: spec.promotionTier },
    port: { DBPortNumber: spec.port },
    securityGroupIds: { VpcSecurityGroupIds: [...(spec.securityGroupIds ?? [])] },
    storageType: { StorageType: spec.storageType },
    allocatedGiB: { AllocatedStorage: spec.allocatedGiB },
    maxAllocatedGiB: { MaxAllocatedStorage: spec.maxAllocatedGiB },
    multiAz: { MultiAZ: spec.multiAz },
    backupRetentionDays: { BackupRetentionPeriod: spec.backupRetentionDays },
    backupWindow: { PreferredBackupWindow: spec.backupWindow },
    copyTagsToSnapshots: { CopyTagsToSnapshot: spec.copyTagsToSnapshots },
    deletionProtection: { DeletionProtection: spec.deletionProtection },
    iamAuthentication: { EnableIAMDatabaseAuthentication: spec.iamAuthentication },
    logExports: {
      CloudwatchLogsExportConfiguration: logExportChanges(spec.logExports ?? [], actual.logExports ?? []),
    },
  };
}

export function performanceInsightsFor(wanted: InstanceSpec['performanceInsights']) {
  if (wanted === undefined) return { EnablePerformanceInsights: false };
  return {
    EnablePerformanceInsights: true,
    PerformanceInsightsRetentionPeriod: wanted.retentionDays,
    PerformanceInsightsKMSKeyId: wanted.kmsKeyArn || undefined,
  };
}

function partsOf(all: Modifications, changed: ReadonlySet<string>): Modification | undefined {
  const parts = Object.entries(all).filter(([field]) => changed.has(field));
  return parts.length === 0 ? undefined : Object.assign({}, ...parts.map(([, part]) => part));
}
