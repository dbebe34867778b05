import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import {
  DescribeDBSubnetGroupsCommand,
  ModifyDBClusterParameterGroupCommand,
  ModifyDBParameterGroupCommand,
  ModifyDBSubnetGroupCommand,
  RemoveTagsFromResourceCommand,
  ResetDBClusterParameterGroupCommand,
  type Parameter,
} from '@aws-sdk/client-rds';
import type { Clients } from '../../clients.ts';
import type { DriftRow } from '../drift-row.ts';
import { named } from './names-in-aws.ts';

const DBClusterParameterGroupName = named('cluster-parameters-15');
const DBParameterGroupName = named('cluster-members-parameters-15');
const DBSubnetGroupName = named('subnets');

/** Parameters of the Aurora cluster and its instances, and the subnets that they may be in. */
export const databaseGroupDrift: readonly DriftRow[] = [
  parameterRow('lets connections in without TLS', { ParameterName: 'rds.force_ssl', ParameterValue: '0' }, [
    'parameters.rds.force_ssl is 0, should be 1 (security)',
  ]),
  parameterRow(
    'logs slow statements no longer',
    { ParameterName: 'log_min_duration_statement', ParameterValue: '-1' },
    ['parameters.log_min_duration_statement is -1, should be 1000 (security)'],
  ),
  parameterRow('logs every statement', { ParameterName: 'log_statement', ParameterValue: 'all' }, [
    'parameters.log_statement is all, should be absent (security)',
  ]),
  {
    what: 'resets all parameters of the cluster',
    change: ({ rds }) =>
      rds.send(
        new ResetDBClusterParameterGroupCommand({ DBClusterParameterGroupName, ResetAllParameters: true }),
      ),
    says: [
      'rds/cluster-parameter-group cluster-parameters-15: parameters.log_min_duration_statement is absent, should be 1000 (security)',
      'rds/cluster-parameter-group cluster-parameters-15: parameters.rds.force_ssl is 0, should be 1 (security)',
    ],
    batch: 1,
  },
  {
    what: 'sets a parameter of the instances',
    change: ({ rds }) =>
      rds.send(
        new ModifyDBParameterGroupCommand({
          DBParameterGroupName,
          Parameters: [{ ParameterName: 'work_mem', ParameterValue: '65536', ApplyMethod: 'immediate' }],
        }),
      ),
    says: [
      'rds/parameter-group cluster-members-parameters-15: parameters.work_mem is 65536, should be absent (security)',
    ],
  },
  {
    what: 'takes the tag Project from the parameters of the cluster',
    change: ({ rds }) =>
      rds.send(
        new RemoveTagsFromResourceCommand({
          ResourceName: `arn:aws:rds:us-east-1:123456789012:cluster-pg:${DBClusterParameterGroupName}`,
          TagKeys: ['Project'],
        }),
      ),
    says: [
      'rds/cluster-parameter-group cluster-parameters-15: tags.Project is absent, should be FinTechGlobal (cost)',
    ],
  },
  {
    what: 'lets databases into an app subnet',
    change: async (clients) => {
      const SubnetIds = [...(await databaseSubnets(clients)), await subnet(clients, 'app-us-east-1a')];
      return clients.rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName, SubnetIds }));
    },
    says: [
      'rds/subnet-group subnets: subnetIds is ["subnet-*","subnet-*","subnet-*"], should be ["subnet-*","subnet-*"] (availability)',
    ],
  },
  {
    what: 'describes the subnet group otherwise',
    change: async (clients) =>
      clients.rds.send(
        new ModifyDBSubnetGroupCommand({
          DBSubnetGroupName,
          DBSubnetGroupDescription: 'mine',
          SubnetIds: await databaseSubnets(clients),
        }),
      ),
    says: [
      'rds/subnet-group subnets: description is mine, should be The data subnets, for production/ledger (cosmetic)',
    ],
    batch: 1,
  },
];

function parameterRow(what: string, parameter: Parameter, says: readonly string[]): DriftRow {
  const Parameters = [{ ...parameter, ApplyMethod: 'immediate' as const }];
  return {
    what,
    change: ({ rds }) =>
      rds.send(new ModifyDBClusterParameterGroupCommand({ DBClusterParameterGroupName, Parameters })),
    says: says.map((text) => `rds/cluster-parameter-group cluster-parameters-15: ${text}`),
  };
}

async function databaseSubnets({ rds }: Clients): Promise<string[]> {
  const { DBSubnetGroups = [] } = await rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName }));
  return (DBSubnetGroups[0]?.Subnets ?? []).map(({ SubnetIdentifier = '' }) => SubnetIdentifier);
}

async function subnet({ ec2 }: Clients, node: string): Promise<string> {
  const Filters = [{ Name: 'tag:Name', Values: [`production-core-${node}`] }];
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  return Subnets[0]?.SubnetId ?? '';
}
