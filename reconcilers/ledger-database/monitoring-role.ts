import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { Role } from '../aws/iam/role.ts';
import type { RoleOutputs } from '../aws/iam/role-spec.ts';
import { partitionOf } from '../aws/partition.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

/**
 * With it RDS writes the metrics of the operating system to CloudWatch Logs, for instances of this account only:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html. Readers of the autoscaler
 * have it too, and names of their own.
 */
export function addMonitoringRole(
  graph: Graph<Aws>,
  { enhancedMonitoring }: LedgerDatabaseSpec,
): NodeHandle<RoleOutputs> | undefined {
  if (enhancedMonitoring === undefined) return undefined;
  const { account, region } = graph.place;
  const partition = partitionOf(region).name;
  const { namespace, name } = graph.object;
  return graph.add(Role, 'monitoring', {
    name: graph.nameOf('monitoring'),
    description: `RDS writes enhanced monitoring of ${namespace}/${name} with this role`,
    maxSessionDuration: 3600,
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'monitoring.rds.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnLike: { 'aws:SourceArn': `arn:${partition}:rds:${region}:${account}:db:*` },
          },
        },
      ],
    },
    inlinePolicies: {},
    managedPolicyArns: [`arn:${partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`],
    permissionsBoundary: undefined,
  });
}
