import { ModifyDBClusterParameterGroupCommand } from '@aws-sdk/client-rds';
import type {
  ParameterGroupOutputs,
  ParameterGroupSpec,
} from '../../../../reconcilers/aws/rds/parameter-group/parameter-group-spec.ts';
import { ClusterParameterGroup } from '../../../../reconcilers/aws/rds/parameter-group/cluster-parameter-group.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { removeTags } from './rds-samples.ts';

const parameters = { 'rds.force_ssl': '1', log_min_duration_statement: '1000' };

describeResourceType(
  ClusterParameterGroup,
  async (aws): Promise<Fixture<ParameterGroupSpec, ParameterGroupOutputs>> => ({
    spec: (number) => ({
      name: `contract-${number}`,
      family: 'aurora-postgresql15',
      description: 'settings',
      parameters,
    }),
    removeTags: ({ outputs }) => removeTags(aws, outputs.arn),
    fields: {
      name: 'immutable',
      family: 'immutable',
      description: 'immutable',
      parameters: {
        another: { 'rds.force_ssl': '1', max_connections: '500' },
        changeFromOutside: ({ id: DBClusterParameterGroupName }) =>
          aws.rds.send(
            new ModifyDBClusterParameterGroupCommand({
              DBClusterParameterGroupName,
              Parameters: [
                { ParameterName: 'rds.force_ssl', ParameterValue: '0', ApplyMethod: 'immediate' },
                { ParameterName: 'log_statement', ParameterValue: 'all', ApplyMethod: 'immediate' },
              ],
            }),
          ),
      },
    },
  }),
);
