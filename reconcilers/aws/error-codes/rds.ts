import type { Codes, Patterns } from './verdict.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  // Which authority signs a certificate is somebody's wish: nobody makes the one that is missing.
  'CreateDBInstance CertificateNotFound': 'InvalidSpec',
  'ModifyDBInstance CertificateNotFound': 'InvalidSpec',
  DBSubnetGroupDoesNotCoverEnoughAZs: 'InvalidSpec',
  DBUpgradeDependencyFailure: 'InvalidSpec',
  // What the deletion of something protected is refused with.
  'DeleteDBCluster InvalidParameterCombination': 'DeletionBlocked',
  'DeleteDBInstance InvalidParameterCombination': 'DeletionBlocked',
  InsufficientDBClusterCapacityFault: 'Transient',
  InsufficientDBInstanceCapacity: 'Transient',
  InsufficientStorageClusterCapacity: 'Transient',
  InvalidDBSubnetGroupFault: 'InvalidSpec',
  InvalidRestoreFault: 'InvalidSpec',
  InvalidSubnet: 'InvalidSpec',
  // It is disabled, or its policy does not let this identity use it.
  KMSKeyNotAccessibleFault: 'AccessDenied',
  NetworkTypeNotSupported: 'InvalidSpec',
  // The source has no automated backups.
  PointInTimeRestoreNotEnabled: 'InvalidSpec',
  ProvisionedIopsNotAvailableInAZFault: 'InvalidSpec',
  StorageTypeNotAvailableFault: 'InvalidSpec',
  StorageTypeNotSupported: 'InvalidSpec',
  VpcEncryptionControlViolationException: 'InvalidSpec',
};

/** Of `<operation> <code>`. */
export const patterns: Patterns = [
  // What is restored is somebody's wish; it was not made a moment ago, as the groups were.
  [/^RestoreDB\w+ DB(Cluster|Instance)?(Snapshot|AutomatedBackup)?NotFound(Fault)?$/, 'InvalidSpec'],
  // What it refers to was made a moment ago, or is on its way.
  [/^(CreateDB(Cluster|Instance)|RestoreDB\w+) \w+NotFound(Fault)?$/, 'NotReady'],
  [/^ModifyDB(Cluster|Instance) DB(Cluster)?ParameterGroupNotFound(Fault)?$/, 'NotReady'],
];
