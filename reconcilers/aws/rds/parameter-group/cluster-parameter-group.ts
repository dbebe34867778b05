import {
  CreateDBClusterParameterGroupCommand,
  DeleteDBClusterParameterGroupCommand,
  ModifyDBClusterParameterGroupCommand,
  paginateDescribeDBClusterParameterGroups,
  paginateDescribeDBClusterParameters,
  ResetDBClusterParameterGroupCommand,
} from '@aws-sdk/client-rds';
import { collect } from '../../pages.ts';
import { describeClusters } from '../descriptions.ts';
import { idsByName, parameterGroupType, type DescribedGroup } from './parameter-group-type.ts';

/** Settings of the database engine for all instances of a cluster. */
export const ClusterParameterGroup = parameterGroupType('rds/cluster-parameter-group', {
  resource: 'cluster-pg',

  async describe({ rds: client }) {
    const found: DescribedGroup[] = [];
    for await (const { DBClusterParameterGroups = [] } of paginateDescribeDBClusterParameterGroups(
      { client },
      {},
    ))
      for (const group of DBClusterParameterGroups) {
        const { DBClusterParameterGroupName: name = '', DBParameterGroupFamily: family = '' } = group;
        found.push({ name, family, description: group.Description ?? '' });
      }
    return found;
  },

  create({ rds }, { name, family, description }, Tags) {
    const group = {
      DBClusterParameterGroupName: name,
      DBParameterGroupFamily: family,
      Description: description,
    };
    return rds.send(new CreateDBClusterParameterGroupCommand({ ...group, Tags }));
  },

  delete: ({ rds }, DBClusterParameterGroupName) =>
    rds.send(new DeleteDBClusterParameterGroupCommand({ DBClusterParameterGroupName })),

  async users(aws) {
    const clusters = await describeClusters(aws);
    return idsByName(
      clusters.map(({ DBClusterIdentifier: id = '', DBClusterParameterGroup: name = '' }) => ({ id, name })),
    );
  },

  parameters: ({ rds: client }) => ({
    async describe(DBClusterParameterGroupName, Source) {
      const search = { DBClusterParameterGroupName, Source };
      return collect(paginateDescribeDBClusterParameters({ client }, search), (page) => page.Parameters);
    },
    modify: (DBClusterParameterGroupName, Parameters) =>
      client.send(new ModifyDBClusterParameterGroupCommand({ DBClusterParameterGroupName, Parameters })),
    reset: (DBClusterParameterGroupName, Parameters) =>
      client.send(new ResetDBClusterParameterGroupCommand({ DBClusterParameterGroupName, Parameters })),
  }),
});
