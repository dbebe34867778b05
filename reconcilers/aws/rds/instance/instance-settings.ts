import type { FieldRule } from '../../../../controller/engine/resource-type.ts';
import { sameOrAny } from '../equality.ts';
import { isOrComes } from '../group-of-upgrade.ts';

/** What is set for each instance, whether it is a member of a cluster or stands alone. */
export type InstanceSettings = {
  /** Lower case: AWS stores it so. */
  readonly identifier: string;
  readonly engine: string;
  readonly instanceClass: string;
  readonly parameterGroupName: string;
  /** Counts at creation; empty: AWS chooses. One with multiAz has none: a failover changes it. */
  readonly availabilityZone: string;
  /** `sun:05:00-sun:06:00`; empty: AWS chooses. */
  readonly maintenanceWindow: string;
  readonly publiclyAccessible: boolean;
  readonly autoMinorVersionUpgrade: boolean;
  /** `rds-ca-rsa2048-g1`; empty: AWS chooses. */
  readonly caCertificate: string;
  /** undefined: off. The key, which is AWS's own if empty, stays for as long as it is on. */
  readonly performanceInsights: { readonly retentionDays: number; readonly kmsKeyArn: string } | undefined;
  /** Enhanced monitoring; undefined: off. */
  readonly monitoring: { readonly intervalSeconds: number; readonly roleArn: string } | undefined;
  /** Changes that interrupt do not wait for the maintenance window, nor does what waits for it already. */
  readonly applyImmediately: boolean;
};

/** What each instance tells. */
export type InstanceFacts = {
  readonly identifier: string;
  readonly arn: string;
  /** `dbi-resource-id`, as IAM policies for database users name it. */
  readonly resourceId: string;
  readonly endpoint: string;
  readonly port: number;
  readonly availabilityZone: string;
  /** False as well for a member whose cluster is stopped. */
  readonly isRunning: boolean;
  /** By the class that it has now, as are its connections; 0 where it is not known. */
  readonly memoryMiB: number;
  readonly defaultMaxConnections: number;
  /** Parameters that were changed wait for somebody to reboot it. */
  readonly needsReboot: boolean;
  /** What AWS will change in the next maintenance window, in its words. */
  readonly waitsForMaintenance: readonly string[];
};

type Rules = { readonly [Field in keyof InstanceSettings]-?: FieldRule<InstanceSettings[Field]> };

export const settingRules: Rules = {
  identifier: { severity: 'availability', immutable: true },
  engine: { severity: 'availability', immutable: true },
  instanceClass: { severity: 'cost' },
  parameterGroupName: { severity: 'security', equals: isOrComes },
  // That a network gains a zone is no reason to make an instance anew.
  availabilityZone: { severity: 'availability', createOnly: true },
  maintenanceWindow: { severity: 'availability', equals: sameOrAny },
  publiclyAccessible: { severity: 'security' },
  autoMinorVersionUpgrade: { severity: 'security' },
  caCertificate: { severity: 'security', equals: sameOrAny },
  performanceInsights: { severity: 'availability', equals: samePerformanceInsights },
  monitoring: { severity: 'availability' },
  // Observed it says that nothing waits; that something does is nobody's fault.
  applyImmediately: {
    severity: 'availability',
    equals: (wanted, actual) => !wanted || actual,
    isExpected: () => true,
  },
};

function samePerformanceInsights(
  wanted: InstanceSettings['performanceInsights'],
  actual: InstanceSettings['performanceInsights'],
): boolean {
  if (wanted === undefined || actual === undefined) return wanted === actual;
  return wanted.retentionDays === actual.retentionDays && sameOrAny(wanted.kmsKeyArn, actual.kmsKeyArn);
}
