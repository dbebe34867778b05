import {
  CreateDBSubnetGroupCommand,
  DeleteDBSubnetGroupCommand,
  ModifyDBSubnetGroupCommand,
  paginateDescribeDBSubnetGroups,
  type DBSubnetGroup,
} from '@aws-sdk/client-rds';
import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { AlreadyExists } from '../outcome.ts';
import { sameUnordered } from '../same.ts';
import { toSdkTags } from '../tags.ts';
import { describeInstances } from './descriptions.ts';
import { GroupSearch, type WantedGroups } from './group-search.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { makeSureItIsOurs } from './ownership.ts';
import type { SubnetGroupOutputs, SubnetGroupSpec } from './subnet-group-spec.ts';
import { collect } from '../pages.ts';

const groups = new GroupSearch<DBSubnetGroup>(
  'subgrp',
  describe,
  ({ DBSubnetGroupName }) => DBSubnetGroupName,
);

/** The subnets that databases may be in. */
export const SubnetGroup: ResourceType<SubnetGroupSpec, SubnetGroupOutputs, Aws> = {
  name: 'rds/subnet-group',
  fields: {
    name: { severity: 'availability', immutable: true },
    description: { severity: 'cosmetic' },
    vpcId: { severity: 'availability', immutable: true },
    subnetIds: { severity: 'availability', equals: sameUnordered },
  },
  absence: 'availability',
  holdsData: false,
  irreplaceable: true,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  async list(aws, queries) {
    const found = await groups.list(aws, queries);
    return found.map(({ name, arn, group, ...owned }) => ({
      ...owned,
      id: name,
      state: 'ready',
      spec: {
        name,
        description: group.DBSubnetGroupDescription ?? '',
        vpcId: group.VpcId ?? '',
        subnetIds: (group.Subnets ?? []).map(({ SubnetIdentifier = '' }) => SubnetIdentifier),
      },
      outputs: { name, arn, vpcId: group.VpcId ?? '' },
    }));
  },

  async create(aws, spec, creation) {
    try {
      const { DBSubnetGroup: group } = await aws.rds.send(
        new CreateDBSubnetGroupCommand({ ...written(spec), Tags: toSdkTags(creation.tags) }),
      );
      groups.rememberTags(aws, spec.name, creation.tags);
      const { DBSubnetGroupArn: arn = '', VpcId: vpcId = '' } = group ?? {};
      return { id: spec.name, outputs: { name: spec.name, arn, vpcId } };
    } catch (error) {
      if (!(error instanceof AlreadyExists)) throw error;
      // Made by a call whose answer was lost: what is missing on it, the next pass sees and writes.
      await makeSureItIsOurs(aws, 'subgrp', spec.name, creation, error);
      return { id: spec.name };
    }
  },

  async update(aws, _current, spec) {
    await aws.rds.send(new ModifyDBSubnetGroupCommand(written(spec)));
  },

  async delete(aws, { id }) {
    await ifThere(aws.rds.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: id })));
    groups.forgetTags(aws, id);
  },

  setTags: (aws, current, tags) => groups.setTags(aws, current, tags),
};

function written({ name, description, subnetIds }: SubnetGroupSpec) {
  return { DBSubnetGroupName: name, DBSubnetGroupDescription: description, SubnetIds: [...subnetIds] };
}

/** Instances show the whole group that they are in, and they are described in every pass anyway. */
async function describe(aws: Aws, wanted: Promise<WantedGroups>): Promise<readonly DBSubnetGroup[]> {
  const { rds: client } = aws;
  const instances = await describeInstances(aws);
  const used = new Map(instances.map(({ DBSubnetGroup: group }) => [group?.DBSubnetGroupName ?? '', group]));
  const found = [...(await wanted).names]
    .map((name) => used.get(name))
    .filter((group) => group !== undefined);
  if (found.length === (await wanted).names.size) return found;
  return collect(paginateDescribeDBSubnetGroups({ client }, {}), (page) => page.DBSubnetGroups);
}
