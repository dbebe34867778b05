/**
 * An instance: a member of an Aurora cluster, or one that stands alone. What a member shares with its cluster is
 * undefined here, and set there.
 */
export type InstanceSpec = {
  /** Lower case: AWS stores it so. */
  readonly identifier: string;
  /** undefined: it stands alone. */
  readonly clusterIdentifier: string | undefined;
  readonly engine: string;
  readonly instanceClass: string;
  readonly parameterGroupName: string;
  /** Empty: AWS chooses. One with multiAz has none: a failover changes it. */
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

  /** Of members: which reader takes over first, 0 to 15. */
  readonly promotionTier: number | undefined;

  // All below: of those that stand alone.
  /** `15` or `15.4`: engine-version.ts says what it covers. */
  readonly engineVersion: string | undefined;
  readonly databaseName: string | undefined;
  readonly masterUsername: string | undefined;
  /** The secret that holds the first password of the master user. */
  readonly masterSecretArn: string | undefined;
  readonly port: number | undefined;
  readonly subnetGroupName: string | undefined;
  readonly securityGroupIds: readonly string[] | undefined;
  readonly storageType: string | undefined;
  /** What it has at least: storage grows by autoscaling, and never shrinks. */
  readonly allocatedGiB: number | undefined;
  /** Up to where autoscaling grows it; the same as allocatedGiB: it does not grow. */
  readonly maxAllocatedGiB: number | undefined;
  readonly multiAz: boolean | undefined;
  readonly storageEncrypted: boolean | undefined;
  /** Empty: with the key of AWS, if encrypted. */
  readonly kmsKeyArn: string | undefined;
  /** 0 to 35; 0: no backups. */
  readonly backupRetentionDays: number | undefined;
  /** `03:00-04:00`; empty: AWS chooses. */
  readonly backupWindow: string | undefined;
  readonly copyTagsToSnapshots: boolean | undefined;
  readonly deletionProtection: boolean | undefined;
  readonly iamAuthentication: boolean | undefined;
  readonly logExports: readonly string[] | undefined;
  readonly running: boolean | undefined;
};

export type InstanceOutputs = {
  readonly identifier: string;
  readonly arn: string;
  /** `dbi-resource-id`, as IAM policies for database users name it. */
  readonly resourceId: string;
  readonly endpoint: string;
  readonly port: number;
  /** Changes by failover, and is no difference. */
  readonly role: 'writer' | 'reader' | 'alone';
  readonly availabilityZone: string;
  /** Parameters that were changed wait for somebody to reboot it. */
  readonly needsReboot: boolean;
  /** What AWS will change in the next maintenance window, in its words. */
  readonly waitsForMaintenance: readonly string[];
};
