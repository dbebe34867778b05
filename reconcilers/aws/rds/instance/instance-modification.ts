import type { ModifyDBInstanceCommandInput } from '@aws-sdk/client-rds';
import type { Change, Interruption } from '../../../../controller/engine/resource-type.ts';
import { performanceInsightsFor } from './instance-creation.ts';
import type { InstanceSettings } from './instance-settings.ts';
import { fieldsThatWait } from './instance-waiting.ts';

export type Modification = Omit<ModifyDBInstanceCommandInput, 'DBInstanceIdentifier'>;

/** What ModifyDBInstance is told for each field of a spec that it can change. */
export type Modifications = Readonly<Record<string, () => Modification>>;

export function modificationsOfSettings(spec: InstanceSettings, actual: InstanceSettings): Modifications {
  const { monitoring } = spec;
  return {
    instanceClass: () => ({ DBInstanceClass: spec.instanceClass }),
    parameterGroupName: () => ({ DBParameterGroupName: spec.parameterGroupName }),
    maintenanceWindow: () => ({ PreferredMaintenanceWindow: spec.maintenanceWindow }),
    publiclyAccessible: () => ({ PubliclyAccessible: spec.publiclyAccessible }),
    autoMinorVersionUpgrade: () => ({ AutoMinorVersionUpgrade: spec.autoMinorVersionUpgrade }),
    caCertificate: () => ({ CACertificateIdentifier: spec.caCertificate }),
    performanceInsights: () => performanceInsightsFor(spec.performanceInsights, actual.performanceInsights),
    monitoring: () => ({
      MonitoringInterval: monitoring?.intervalSeconds ?? 0,
      ...(monitoring && { MonitoringRoleArn: monitoring.roleArn }),
    }),
    // Nothing but the wish that what waits waits no longer.
    applyImmediately: () => ({}),
  };
}

type Circumstances = {
  readonly applyImmediately: boolean;
  /** In AWS's words. */
  readonly waitsForMaintenance: readonly string[];
  readonly interruptionOf: (change: Change) => Interruption;
};

/**
 * The next of the calls that carry out some changes: first what interrupts nothing, then, in the maintenance window,
 * what does; all at once where that was asked for. undefined: there is nothing to modify.
 */
export function nextModification(
  all: Modifications,
  changes: readonly Change[],
  { applyImmediately, waitsForMaintenance, interruptionOf }: Circumstances,
): Modification | undefined {
  const fields = changes.map(({ field }) => field);
  if (applyImmediately) return joined(all, [...fields, ...withWhatWaits(fields, waitsForMaintenance)], true);
  const calm = changes.filter((change) => interruptionOf(change) === 'none').map(({ field }) => field);
  // Applying something immediately applies with it what waits for the maintenance window.
  return joined(all, calm, waitsForMaintenance.length === 0) ?? joined(all, fields, false);
}

function withWhatWaits(fields: readonly string[], waiting: readonly string[]): readonly string[] {
  return fields.includes('applyImmediately') ? fieldsThatWait(waiting) : [];
}

function joined(
  all: Modifications,
  fields: readonly string[],
  ApplyImmediately: boolean,
): Modification | undefined {
  const parts = [...new Set(fields)].flatMap((field) => all[field] ?? []);
  return parts.length === 0
    ? undefined
    : Object.assign({}, ...parts.map((part) => part()), { ApplyImmediately });
}
