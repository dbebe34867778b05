import {
  CreateDBParameterGroupCommand,
  DeleteDBParameterGroupCommand,
  ModifyDBParameterGroupCommand,
  paginateDescribeDBParameterGroups,
  paginateDescribeDBParameters,
  ResetDBParameterGroupCommand,
  type Parameter,
} from '@aws-sdk/client-rds';
import { parameterGroupType, type DescribedGroup } from './parameter-group-type.ts';

/** Settings of the database engine for single instances. */
export const ParameterGroup = parameterGroupType('rds/parameter-group', {
  resource: 'pg',

  async describe({ rds: client }) {
    const found: DescribedGroup[] = [];
    for await (const { DBParameterGroups = [] } of paginateDescribeDBParameterGroups({ client }, {}))
      for (const group of DBParameterGroups) {
        const { DBParameterGroupName: name = '', DBParameterGroupFamily: family = '' } = group;
        found.push({ name, family, description: group.Description ?? '' });
      }
    return found;
  },

  create({ rds }, { name, family, description }, Tags) {
    const group = { DBParameterGroupName: name, DBParameterGroupFamily: family, Description: description };
    return rds.send(new CreateDBParameterGroupCommand({ ...group, Tags }));
  },

  delete: ({ rds }, DBParameterGroupName) =>
    rds.send(new DeleteDBParameterGroupCommand({ DBParameterGroupName })),

  parameters: ({ rds: client }) => ({
    async describe(DBParameterGroupName, Source) {
      const found: Parameter[] = [];
      const search = { DBParameterGroupName, Source };
      for await (const page of paginateDescribeDBParameters({ client }, search))
        found.push(...(page.Parameters ?? []));
      return found;
    },
    modify: (DBParameterGroupName, Parameters) =>
      client.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters })),
    reset: (DBParameterGroupName, Parameters) =>
      client.send(new ResetDBParameterGroupCommand({ DBParameterGroupName, Parameters })),
  }),
});
