import type { RestoreFrom } from '../restore-from.ts';
import type { InstanceFacts, InstanceSettings } from './instance-settings.ts';
import type { StorageSize } from './instance-storage.ts';

/** An instance that stands alone, with its storage. */
export type InstanceSpec = InstanceSettings & {
  /** `15` or `15.4`: engine-version.ts says what it covers. */
  readonly engineVersion: string;
  readonly databaseName: string;
  readonly masterUsername: string;
  /** The secret that holds the first password of the master user. A restored one has the password of its source. */
  readonly masterSecretArn: string;
  /** undefined: new and empty. */
  readonly restoreFrom: RestoreFrom | undefined;
  readonly port: number;
  readonly subnetGroupName: string;
  readonly securityGroupIds: readonly string[];
  readonly storageType: string;
  readonly storage: StorageSize;
  readonly multiAz: boolean;
  readonly storageEncrypted: boolean;
  /** Empty: whichever it has. One that is restored has the key of its source, and can be given no other. */
  readonly kmsKeyArn: string;
  /** 0 to 35; 0: no backups. */
  readonly backupRetentionDays: number;
  /** `03:00-04:00`; empty: AWS chooses. */
  readonly backupWindow: string;
  readonly copyTagsToSnapshots: boolean;
  readonly deletionProtection: boolean;
  readonly iamAuthentication: boolean;
  readonly logExports: readonly string[];
  readonly running: boolean;
};

export type InstanceOutputs = InstanceFacts & {
  readonly role: 'alone';
  /** Without what waits for the maintenance window. */
  readonly engineVersion: string;
  /** AWS moves its storage, and changes nothing else of it until it has. */
  readonly optimizesStorage: boolean;
  /** 0 if AWS shows none. */
  readonly iops: number;
};
