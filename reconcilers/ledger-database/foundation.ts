import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Input, Inputs, Ref } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import type { RoleOutputs } from '../aws/iam/role-spec.ts';
import type { KeyOutputs } from '../aws/kms/key-spec.ts';
import type { CredentialsSecret } from './credentials.ts';
import type { Network } from './network.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

/** What a database is made of, whichever of the two it is. */
export type Foundation = {
  readonly key: NodeHandle<KeyOutputs>;
  readonly monitoringRole: NodeHandle<RoleOutputs> | undefined;
  readonly secret: CredentialsSecret;
  readonly network: Network;
  readonly subnetGroupName: Ref<string>;
};

export type Database = {
  readonly kind: 'cluster' | 'instance';
  readonly identifier: Ref<string>;
  readonly endpoint: Ref<string>;
  readonly readerEndpoint: Ref<string> | undefined;
  readonly port: Ref<number>;
  readonly writer: Ref<string | undefined>;
  /** 0 where it is not known, as is the memory of its class. */
  readonly maxConnections: Input<number>;
  readonly memoryMiB: Input<number>;
  readonly freeStorageMetric: FreeStorageMetric;
  readonly instances: readonly Inputs<InstanceStatus>[];
  readonly parametersAppliedAtReboot: Inputs<ParametersAppliedAtReboot>;
  readonly waitsForMaintenance: Input<readonly string[]> | undefined;
};

/** By which metric of AWS/RDS an instance says how much room it has. */
export type FreeStorageMetric = 'FreeLocalStorage' | 'FreeStorageSpace';

export type InstanceStatus = {
  readonly id: string;
  readonly role: string;
  readonly zone: string;
  readonly needsReboot: boolean;
  readonly waitsForMaintenance: readonly string[];
};

/** Of the parameters that are set, those that take effect with a reboot only. */
export type ParametersAppliedAtReboot = {
  readonly cluster?: readonly string[] | undefined;
  readonly instances: readonly string[];
};

/** How an instance of either engine is watched. */
export function observability(spec: LedgerDatabaseSpec, { key, monitoringRole }: Foundation) {
  const { performanceInsights, enhancedMonitoring } = spec;
  return {
    performanceInsights: performanceInsights && {
      retentionDays: performanceInsights.retentionDays,
      kmsKeyArn: key.ref('arn'),
    },
    monitoring: enhancedMonitoring &&
      monitoringRole && {
        intervalSeconds: enhancedMonitoring.intervalSeconds,
        roleArn: monitoringRole.ref('arn'),
      },
  };
}

/** What both engines are told in the same words. */
export function settings(graph: Graph<Aws>, spec: LedgerDatabaseSpec, foundation: Foundation) {
  const { network, key, secret, subnetGroupName } = foundation;
  return {
    engineVersion: spec.engineVersion,
    databaseName: spec.databaseName,
    masterUsername: spec.credentials.username,
    masterSecretArn: secret.ref('arn'),
    port: network.databasePort,
    subnetGroupName,
    securityGroupIds: [network.databaseGroup],
    storageEncrypted: true,
    kmsKeyArn: key.ref('arn'),
    backupRetentionDays: spec.backup.retentionDays,
    backupWindow: spec.backup.window ?? '',
    maintenanceWindow: maintenanceWindowOf(spec),
    copyTagsToSnapshots: true,
    deletionProtection: spec.deletionProtection,
    iamAuthentication: spec.iamAuthentication,
    logExports: spec.logExports,
    running: !graph.circumstances.isAsleep,
    applyImmediately: graph.circumstances.applyImmediately,
  };
}

/** RDS shows days in lower case. */
export function maintenanceWindowOf({ maintenanceWindow = '' }: LedgerDatabaseSpec): string {
  return maintenanceWindow.toLowerCase();
}
