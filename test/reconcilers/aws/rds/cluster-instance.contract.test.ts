import { ModifyDBInstanceCommand, type ModifyDBInstanceCommandInput } from '@aws-sdk/client-rds';
import type {
  ClusterInstanceOutputs,
  ClusterInstanceSpec,
} from '../../../../reconcilers/aws/rds/cluster-instance/cluster-instance-spec.ts';
import { ClusterInstance } from '../../../../reconcilers/aws/rds/cluster-instance/cluster-instance.ts';
import { Cluster } from '../../../../reconcilers/aws/rds/cluster/cluster.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { creationOf } from '../ec2/network-samples.ts';
import { sampleMember } from './cluster-instance-samples.ts';
import { makeParameterGroup, removeTags, sampleCluster } from './rds-samples.ts';

describeResourceType(
  ClusterInstance,
  async (aws): Promise<Fixture<ClusterInstanceSpec, ClusterInstanceOutputs>> => {
    const cluster = await sampleCluster(aws);
    const DBParameterGroupName = 'own-of-members';
    await makeParameterGroup(aws, DBParameterGroupName, 'aurora-postgresql15');

    /** Somebody else's change. */
    const modify =
      (change: Omit<ModifyDBInstanceCommandInput, 'DBInstanceIdentifier'>) =>
      ({ id: DBInstanceIdentifier }: { readonly id: string }) =>
        aws.rds.send(
          new ModifyDBInstanceCommand({ DBInstanceIdentifier, ApplyImmediately: true, ...change }),
        );
    const monitoring = { intervalSeconds: 60, roleArn: 'arn:aws:iam::123456789012:role/monitoring' };

    return {
      // Each the only one of its cluster, so that it can go.
      spec: async (number) => {
        const identifier = `of-member-${number}`;
        await Cluster.create(aws, { ...cluster, identifier }, creationOf('Sample/test/clusters', identifier));
        return { ...sampleMember(identifier, `member-${number}`), maintenanceWindow: 'sun:05:00-sun:06:00' };
      },
      pending: true,
      removeTags: ({ outputs }) => removeTags(aws, outputs.arn),
      fields: {
        identifier: 'immutable',
        clusterIdentifier: 'immutable',
        engine: 'immutable',
        availabilityZone: 'own tests',
        applyImmediately: 'own tests',
        instanceClass: {
          another: 'db.r6g.xlarge',
          changeFromOutside: modify({ DBInstanceClass: 'db.r6g.2xlarge' }),
        },
        parameterGroupName: {
          another: DBParameterGroupName,
          changeFromOutside: modify({ DBParameterGroupName }),
        },
        maintenanceWindow: {
          another: 'sat:05:00-sat:06:00',
          changeFromOutside: modify({ PreferredMaintenanceWindow: 'mon:09:00-mon:10:00' }),
        },
        publiclyAccessible: { another: true, changeFromOutside: modify({ PubliclyAccessible: true }) },
        autoMinorVersionUpgrade: {
          another: false,
          changeFromOutside: modify({ AutoMinorVersionUpgrade: false }),
        },
        caCertificate: {
          another: 'rds-ca-ecc384-g1',
          given: { caCertificate: 'rds-ca-rsa2048-g1' },
          changeFromOutside: modify({ CACertificateIdentifier: 'rds-ca-rsa4096-g1' }),
        },
        performanceInsights: {
          another: { retentionDays: 93, kmsKeyArn: '' },
          given: { performanceInsights: { retentionDays: 7, kmsKeyArn: '' } },
          changeFromOutside: modify({ EnablePerformanceInsights: false }),
        },
        monitoring: {
          another: undefined,
          given: { monitoring },
          changeFromOutside: modify({ MonitoringInterval: 0 }),
        },
        promotionTier: { another: 5, changeFromOutside: modify({ PromotionTier: 15 }) },
      },
    };
  },
  ['applyImmediately'],
);
