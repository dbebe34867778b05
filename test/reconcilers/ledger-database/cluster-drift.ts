import {
  AddTagsToResourceCommand,
  DisableHttpEndpointCommand,
  ModifyDBClusterCommand,
  RemoveTagsFromResourceCommand,
  StopDBClusterCommand,
  type ModifyDBClusterCommandInput,
} from '@aws-sdk/client-rds';
import type { Clients } from '../../clients.ts';
import type { DriftRow } from '../drift-row.ts';
import { named, securityGroup } from './names-in-aws.ts';

const DBClusterIdentifier = named('cluster');
const arn = `arn:aws:rds:us-east-1:123456789012:cluster:${DBClusterIdentifier}`;

/** The Aurora cluster, without its instances. */
export const clusterDrift: readonly DriftRow[] = [
  clusterRow('keeps backups for a day only', { BackupRetentionPeriod: 1 }, [
    'backupRetentionDays is 1, should be 35 (security)',
  ]),
  clusterRow('takes the protection against deletion away', { DeletionProtection: false }, [
    'deletionProtection is false, should be true (security)',
  ]),
  clusterRow('lets users of IAM into the cluster', { EnableIAMDatabaseAuthentication: true }, [
    'iamAuthentication is true, should be false (security)',
  ]),
  clusterRow(
    'gives the cluster the parameters of AWS',
    { DBClusterParameterGroupName: 'default.aurora-postgresql15' },
    [
      `parameterGroupName is default.aurora-postgresql15, should be ${named('cluster-parameters-15')} (security)`,
    ],
  ),
  clusterRow('moves the backups into the day', { PreferredBackupWindow: '10:00-10:30' }, [
    'backupWindow is 10:00-10:30, should be 03:00-04:00 (availability)',
  ]),
  clusterRow('moves the maintenance of the cluster', { PreferredMaintenanceWindow: 'mon:10:00-mon:10:30' }, [
    'maintenanceWindow is mon:10:00-mon:10:30, should be sun:05:00-sun:06:00 (availability)',
  ]),
  clusterRow('leaves the tags out of snapshots', { CopyTagsToSnapshot: false }, [
    'copyTagsToSnapshots is false, should be true (cost)',
  ]),
  clusterRow('pays for storage optimised for I/O', { StorageType: 'aurora-iopt1' }, [
    'storageType is aurora-iopt1, should be aurora (cost)',
  ]),
  {
    what: 'ends the export of logs',
    change: (clients) =>
      modify(clients, { CloudwatchLogsExportConfiguration: { DisableLogTypes: ['postgresql'] } }),
    says: ['rds/cluster cluster: logExports is [], should be ["postgresql"] (security)'],
  },
  {
    what: 'lets the app subnets’ group into the cluster',
    change: async (clients) => {
      const groups = [await securityGroup(clients, 'sg-database'), await securityGroup(clients, 'sg-app')];
      return modify(clients, { VpcSecurityGroupIds: groups });
    },
    says: ['rds/cluster cluster: securityGroupIds is ["sg-*","sg-*"], should be ["sg-*"] (security)'],
  },
  {
    what: 'switches the Data API off',
    change: ({ rds }) => rds.send(new DisableHttpEndpointCommand({ ResourceArn: arn })),
    says: ['rds/cluster cluster: dataApi is false, should be true (security)'],
  },
  {
    what: 'takes the tag CostCenter from the cluster, and gives it another owner',
    change: async ({ rds }) => {
      await rds.send(new RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys: ['CostCenter'] }));
      const Tags = [{ Key: 'Owner', Value: 'nobody' }];
      return rds.send(new AddTagsToResourceCommand({ ResourceName: arn, Tags }));
    },
    says: [
      'rds/cluster cluster: tags.CostCenter is absent, should be CC-12345 (cost)',
      'rds/cluster cluster: tags.Owner is nobody, should be team-platform@company.com (cost)',
    ],
  },
  {
    what: 'takes the tag by which the cluster is found',
    change: ({ rds }) =>
      rds.send(new RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys: ['fintech.global/owner'] })),
    says: [
      'rds/cluster cluster: tags.fintech.global/owner is absent, should be LedgerDatabase/production/ledger (cost)',
    ],
  },
  {
    ...clusterRow('lets the cluster listen to another port', { Port: 5433 }, [
      'port is 5433, should be 5432 (availability)',
    ]),
    batch: 1,
  },
  {
    what: 'stops the cluster in office hours',
    change: ({ rds }) => rds.send(new StopDBClusterCommand({ DBClusterIdentifier })),
    says: ['rds/cluster cluster: running is false, should be true (cost)'],
    batch: 2,
  },
];

function clusterRow(
  what: string,
  modification: Partial<ModifyDBClusterCommandInput>,
  says: readonly string[],
): DriftRow {
  return {
    what,
    change: (clients) => modify(clients, modification),
    says: says.map((text) => `rds/cluster cluster: ${text}`),
  };
}

function modify({ rds }: Clients, modification: Partial<ModifyDBClusterCommandInput>): Promise<unknown> {
  return rds.send(
    new ModifyDBClusterCommand({ DBClusterIdentifier, ApplyImmediately: true, ...modification }),
  );
}
