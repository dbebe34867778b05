import {
  AddTagsToResourceCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  RemoveTagsFromResourceCommand,
  ResetDBParameterGroupCommand,
  StopDBInstanceCommand,
  type ModifyDBInstanceCommandInput,
} from '@aws-sdk/client-rds';
import type { DriftRow } from '../drift-row.ts';
import { named, securityGroup } from './names-in-aws.ts';

const DBInstanceIdentifier = named('instance');
const DBParameterGroupName = named('instance-parameters-15');
const arn = `arn:aws:rds:us-east-1:123456789012:db:${DBInstanceIdentifier}`;
const parameters = 'rds/parameter-group instance-parameters-15: parameters';

/** A database that is one instance of RDS, with its parameters. */
export const instanceDrift: readonly DriftRow[] = [
  instanceRow('keeps backups for a day only', { BackupRetentionPeriod: 1 }, [
    'backupRetentionDays is 1, should be 35 (security)',
  ]),
  {
    ...instanceRow('makes no backups any more', { BackupRetentionPeriod: 0 }, [
      'backupRetentionDays is 0, should be 35 (security)',
    ]),
    batch: 1,
  },
  instanceRow('takes the protection against deletion away', { DeletionProtection: false }, [
    'deletionProtection is false, should be true (security)',
  ]),
  instanceRow('lets the internet reach the instance', { PubliclyAccessible: true }, [
    'publiclyAccessible is true, should be false (security)',
  ]),
  instanceRow('lets users of IAM into the instance', { EnableIAMDatabaseAuthentication: true }, [
    'iamAuthentication is true, should be false (security)',
  ]),
  instanceRow('takes the standby away', { MultiAZ: false }, [
    'multiAz is false, should be true (availability)',
  ]),
  instanceRow('lets the storage grow further', { MaxAllocatedStorage: 1000 }, [
    'storage.maxGiB is 1000, should be 200 (availability)',
  ]),
  {
    ...instanceRow('lets the storage grow no longer', { MaxAllocatedStorage: 100 }, [
      'storage.maxGiB is absent, should be 200 (availability)',
    ]),
    batch: 1,
  },
  instanceRow('makes the instance larger', { DBInstanceClass: 'db.m6g.xlarge' }, [
    'instanceClass is db.m6g.xlarge, should be db.m6g.large (cost)',
  ]),
  instanceRow('puts the data on other disks', { StorageType: 'gp2' }, [
    'storageType is gp2, should be gp3 (cost)',
  ]),
  instanceRow('gives the instance the parameters of AWS', { DBParameterGroupName: 'default.postgres15' }, [
    `parameterGroupName is default.postgres15, should be ${DBParameterGroupName} (security)`,
  ]),
  instanceRow('moves the backups into the day', { PreferredBackupWindow: '10:00-10:30' }, [
    'backupWindow is 10:00-10:30, should be 03:00-04:00 (availability)',
  ]),
  instanceRow(
    'moves the maintenance of the instance',
    { PreferredMaintenanceWindow: 'mon:10:00-mon:10:30' },
    ['maintenanceWindow is mon:10:00-mon:10:30, should be sun:05:00-sun:06:00 (availability)'],
  ),
  instanceRow('leaves the tags out of snapshots', { CopyTagsToSnapshot: false }, [
    'copyTagsToSnapshots is false, should be true (cost)',
  ]),
  instanceRow('keeps the instance at its minor version', { AutoMinorVersionUpgrade: false }, [
    'autoMinorVersionUpgrade is false, should be true (security)',
  ]),
  instanceRow('ends the enhanced monitoring of the instance', { MonitoringInterval: 0 }, [
    'monitoring is absent, should be {"intervalSeconds":60,* (availability)',
  ]),
  instanceRow('ends Performance Insights of the instance', { EnablePerformanceInsights: false }, [
    'performanceInsights is absent, should be {"retentionDays":7,* (availability)',
  ]),
  instanceRow(
    'ends the export of logs',
    { CloudwatchLogsExportConfiguration: { DisableLogTypes: ['postgresql'] } },
    ['logExports is [], should be ["postgresql"] (security)'],
  ),
  {
    ...instanceRow('lets the instance listen to another port', { DBPortNumber: 5433 }, [
      'port is 5433, should be 5432 (availability)',
    ]),
    batch: 2,
  },
  {
    what: 'lets only the app’s group into the instance',
    change: async (clients) =>
      clients.rds.send(
        new ModifyDBInstanceCommand({
          DBInstanceIdentifier,
          VpcSecurityGroupIds: [await securityGroup(clients, 'sg-app')],
        }),
      ),
    says: ['rds/instance instance: securityGroupIds is ["sg-*"], should be ["sg-*"] (security)'],
  },
  {
    what: 'takes the tag CostCenter from the instance, and gives it another owner',
    change: async ({ rds }) => {
      await rds.send(new RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys: ['CostCenter'] }));
      const Tags = [{ Key: 'Owner', Value: 'nobody' }];
      return rds.send(new AddTagsToResourceCommand({ ResourceName: arn, Tags }));
    },
    says: [
      'rds/instance instance: tags.CostCenter is absent, should be CC-12345 (cost)',
      'rds/instance instance: tags.Owner is nobody, should be team-platform@company.com (cost)',
    ],
  },
  {
    what: 'lets connections in without TLS, and logs connections',
    change: ({ rds }) =>
      rds.send(
        new ModifyDBParameterGroupCommand({
          DBParameterGroupName,
          Parameters: [
            { ParameterName: 'rds.force_ssl', ParameterValue: '0', ApplyMethod: 'immediate' },
            { ParameterName: 'log_connections', ParameterValue: '1', ApplyMethod: 'immediate' },
          ],
        }),
      ),
    says: [
      `${parameters}.rds.force_ssl is 0, should be 1 (security)`,
      `${parameters}.log_connections is 1, should be absent (security)`,
    ],
  },
  {
    what: 'resets the parameters of the instance',
    change: ({ rds }) =>
      rds.send(new ResetDBParameterGroupCommand({ DBParameterGroupName, ResetAllParameters: true })),
    // In its family rds.force_ssl is 1 anyway.
    says: [`${parameters}.log_min_duration_statement is absent, should be 1000 (security)`],
    batch: 1,
  },
  {
    what: 'stops the instance in office hours',
    change: ({ rds }) => rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier })),
    says: ['rds/instance instance: running is false, should be true (cost)'],
    batch: 3,
  },
];

function instanceRow(
  what: string,
  modification: Partial<ModifyDBInstanceCommandInput>,
  says: readonly string[],
): DriftRow {
  return {
    what,
    change: ({ rds }) =>
      rds.send(
        new ModifyDBInstanceCommand({ DBInstanceIdentifier, ApplyImmediately: true, ...modification }),
      ),
    says: says.map((text) => `rds/instance instance: ${text}`),
  };
}
