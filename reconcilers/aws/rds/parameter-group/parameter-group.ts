import {
  CreateDBParameterGroupCommand,
  DeleteDBParameterGroupCommand,
  ModifyDBParameterGroupCommand,
  paginateDescribeDBParameterGroups,
  paginateDescribeDBParameters,
  ResetDBParameterGroupCommand,
} from '@aws-sdk/client-rds';
import { collect } from '../../pages.ts';
import { describeInstances } from '../descriptions.ts';
import { idsByName, parameterGroupType, type DescribedGroup } from './parameter-group-type.ts';

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

  async users(aws) {
    const used = (await describeInstances(aws)).flatMap(
      ({ DBInstanceIdentifier: id = '', DBParameterGroups = [] }) =>
        DBParameterGroups.map(({ DBParameterGroupName: name = '' }) => ({ id, name })),
    );
    return idsByName(used);
  },

  parameters: ({ rds: client }) => ({
    async describe(DBParameterGroupName, Source) {
      const search = { DBParameterGroupName, Source };
      return collect(paginateDescribeDBParameters({ client }, search), (page) => page.Parameters);
    },
    modify: (DBParameterGroupName, Parameters) =>
      client.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters })),
    reset: (DBParameterGroupName, Parameters) =>
      client.send(new ResetDBParameterGroupCommand({ DBParameterGroupName, Parameters })),
  }),
});
