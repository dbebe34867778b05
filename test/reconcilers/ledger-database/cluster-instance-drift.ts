import {
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  ModifyDBInstanceCommand,
  RemoveTagsFromResourceCommand,
  type ModifyDBInstanceCommandInput,
} from '@aws-sdk/client-rds';
import { missing, type DriftRow } from '../drift-row.ts';
import { named } from './names-in-aws.ts';

const node = 'instance-1';
const DBInstanceIdentifier = named(node);

/** Instances of the Aurora cluster. */
export const clusterInstanceDrift: readonly DriftRow[] = [
  instanceRow('lets the internet reach an instance', { PubliclyAccessible: true }, [
    'publiclyAccessible is true, should be false (security)',
  ]),
  instanceRow('makes an instance larger', { DBInstanceClass: 'db.r6g.xlarge' }, [
    'instanceClass is db.r6g.xlarge, should be db.r6g.large (cost)',
  ]),
  instanceRow('ends the enhanced monitoring of an instance', { MonitoringInterval: 0 }, [
    'monitoring is absent, should be {"intervalSeconds":60,"roleArn":"arn:aws:iam:*"} (availability)',
  ]),
  instanceRow('keeps an instance at its minor version', { AutoMinorVersionUpgrade: false }, [
    'autoMinorVersionUpgrade is false, should be true (security)',
  ]),
  instanceRow('ends Performance Insights of an instance', { EnablePerformanceInsights: false }, [
    'performanceInsights is absent, should be {"retentionDays":7,"kmsKeyArn":"arn:aws:kms:*"} (availability)',
  ]),
  instanceRow(
    'gives an instance the parameters of AWS',
    { DBParameterGroupName: 'default.aurora-postgresql15' },
    [
      `parameterGroupName is default.aurora-postgresql15, should be ${named('cluster-members-parameters-15')} (security)`,
    ],
  ),
  instanceRow('has an instance take over last', { PromotionTier: 15 }, [
    'promotionTier is 15, should be 1 (availability)',
  ]),
  instanceRow('moves the maintenance of an instance', { PreferredMaintenanceWindow: 'mon:10:00-mon:10:30' }, [
    'maintenanceWindow is mon:10:00-mon:10:30, should be sun:05:00-sun:06:00 (availability)',
  ]),
  instanceRow('gives an instance another certificate', { CACertificateIdentifier: 'rds-ca-ecc384-g1' }, [
    'caCertificate is rds-ca-ecc384-g1, should be rds-ca-rsa2048-g1 (security)',
  ]),
  {
    what: 'monitors an instance less often, and keeps its Performance Insights longer',
    change: ({ rds }) =>
      rds.send(
        new ModifyDBInstanceCommand({
          DBInstanceIdentifier,
          MonitoringInterval: 15,
          EnablePerformanceInsights: true,
          PerformanceInsightsRetentionPeriod: 731,
          ApplyImmediately: true,
        }),
      ),
    says: [
      'rds/cluster-instance instance-1: monitoring.intervalSeconds is 15, should be 60 (availability)',
      'rds/cluster-instance instance-1: performanceInsights.retentionDays is 731, should be 7 (availability)',
    ],
    batch: 1,
  },
  {
    what: 'takes the tag Environment from an instance',
    change: ({ rds }) =>
      rds.send(
        new RemoveTagsFromResourceCommand({
          ResourceName: `arn:aws:rds:us-east-1:123456789012:db:${DBInstanceIdentifier}`,
          TagKeys: ['Environment'],
        }),
      ),
    says: ['rds/cluster-instance instance-1: tags.Environment is absent, should be Production (cost)'],
  },
  {
    what: 'deletes the reader',
    change: async ({ rds }) => {
      const { DBClusters = [] } = await rds.send(new DescribeDBClustersCommand({}));
      const members = DBClusters.flatMap(({ DBClusterMembers = [] }) => DBClusterMembers);
      const reader = members.find(({ IsClusterWriter }) => IsClusterWriter !== true);
      return rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: reader?.DBInstanceIdentifier }));
    },
    says: [`rds/cluster-instance instance-* ${missing} (availability)`],
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
    says: says.map((text) => `rds/cluster-instance ${node}: ${text}`),
  };
}
