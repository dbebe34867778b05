import type { RestoreFrom } from '../restore-from.ts';

/** An Aurora PostgreSQL cluster: the storage and what all of its instances share. */
export type ClusterSpec = {
  /** Lower case: AWS stores it so. */
  readonly identifier: string;
  readonly engine: string;
  /** `15` or `15.4`: engine-version.ts says what it covers. */
  readonly engineVersion: string;
  readonly databaseName: string;
  readonly masterUsername: string;
  /** The secret that holds the first password of the master user. */
  readonly masterSecretArn: string;
  readonly port: number;
  readonly subnetGroupName: string;
  readonly parameterGroupName: string;
  /** Of its instances: an upgrade to another major version brings it with it, and nothing else does. */
  readonly instanceParameterGroupName: string;
  readonly securityGroupIds: readonly string[];
  readonly storageEncrypted: boolean;
  /** Empty: with the key of AWS, if encrypted. */
  readonly kmsKeyArn: string;
  readonly storageType: 'aurora' | 'aurora-iopt1';
  /** 1 to 35. */
  readonly backupRetentionDays: number;
  /** `03:00-04:00`; empty: AWS chooses. */
  readonly backupWindow: string;
  /** `sun:05:00-sun:06:00`; empty: AWS chooses. */
  readonly maintenanceWindow: string;
  readonly copyTagsToSnapshots: boolean;
  readonly deletionProtection: boolean;
  readonly dataApi: boolean;
  readonly iamAuthentication: boolean;
  readonly logExports: readonly string[];
  /** For instances of the class db.serverless. */
  readonly serverlessCapacity: { readonly min: number; readonly max: number } | undefined;
  /** Wanted is whether it runs. One without instances cannot be stopped, and has nothing that would have to be. */
  readonly running: boolean | 'no instances';
  /** Changes that interrupt do not wait for the maintenance window, nor does what waits for it already. */
  readonly applyImmediately: boolean;
  /** undefined: it begins empty. Users, passwords and databases are those of what it is made of. */
  readonly restoreFrom: RestoreFrom | undefined;
  /**
   * Wanted is always ''. A deletion writes here which snapshot it makes, so that it is the same in every attempt; that
   * of a deletion that was given up does not count when the cluster, with newer data, is deleted for good.
   */
  readonly finalSnapshot: string;
};

export type ClusterOutputs = {
  readonly identifier: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly endpoint: string;
  readonly readerEndpoint: string;
  readonly port: number;
  /** The member that writes now, which may be one of the autoscaler; undefined while the cluster shows none. */
  readonly writer: string | undefined;
  /** The one in force, `15.4`: an upgrade that waits for the maintenance window is not in it. */
  readonly engineVersion: string;
  /** What AWS will change in the next maintenance window, in its words. */
  readonly waitsForMaintenance: readonly string[];
};
