import {
  CreateCacheSubnetGroupCommand,
  DeleteCacheSubnetGroupCommand,
  DescribeCacheSubnetGroupsCommand,
  ModifyCacheSubnetGroupCommand,
  paginateDescribeCacheSubnetGroups,
  type CacheSubnetGroup,
} from '@aws-sdk/client-elasticache';
import type { Observed, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { sameUnordered } from '../same.ts';
import { toSdkTags } from '../tags.ts';
import { arnOf } from './arn.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { listOwned, type Description, type Owned } from './owned.ts';
import { createOnce } from './ownership.ts';
import type { SubnetGroupOutputs, SubnetGroupSpec } from './subnet-group-spec.ts';
import { cacheTags, changeTags } from './tags.ts';
import { deleteUnused } from './users.ts';
import { collect } from '../pages.ts';

const subnetGroups: Description<CacheSubnetGroup> = {
  kind: 'subnetgroup',
  nameOf: ({ CacheSubnetGroupName = '' }) => CacheSubnetGroupName,
  isReadable: () => true,
  async all({ elasticache: client }) {
    return collect(paginateDescribeCacheSubnetGroups({ client }, {}), (page) => page.CacheSubnetGroups);
  },
  async one({ elasticache }, CacheSubnetGroupName) {
    const found = await elasticache.send(new DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName }));
    return found.CacheSubnetGroups ?? [];
  },
};

/** Where the nodes of caches are. A subnet that still has nodes cannot be taken out. */
export const SubnetGroup: ResourceType<SubnetGroupSpec, SubnetGroupOutputs, Aws> = {
  name: 'elasticache/subnet-group',
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
    return (await listOwned(aws, queries, subnetGroups)).map((group) => observed(aws, group));
  },

  async create(aws, { name, description, subnetIds }, creation) {
    const arn = arnOf(aws, 'subnetgroup', name);
    const isNew = await createOnce(
      aws,
      arn,
      creation,
      aws.elasticache.send(
        new CreateCacheSubnetGroupCommand({
          CacheSubnetGroupName: name,
          CacheSubnetGroupDescription: description,
          SubnetIds: [...subnetIds],
          Tags: toSdkTags(creation.tags),
        }),
      ),
    );
    // What differs in one that was there already, the next pass sees and writes.
    if (!isNew) return { id: name };
    cacheTags.remember(aws, arn, creation.tags);
    return { id: name, outputs: { name, arn } };
  },

  async update({ elasticache }, { id }, { description, subnetIds }) {
    await elasticache.send(
      new ModifyCacheSubnetGroupCommand({
        CacheSubnetGroupName: id,
        CacheSubnetGroupDescription: description,
        SubnetIds: [...subnetIds],
      }),
    );
  },

  async delete(aws, { id }) {
    const deletion = aws.elasticache.send(new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName: id }));
    await deleteUnused(aws, ifThere(deletion), ({ CacheSubnetGroupName }) => CacheSubnetGroupName === id);
    cacheTags.forget(aws, arnOf(aws, 'subnetgroup', id));
  },

  async setTags(aws, { id }, tags) {
    await changeTags(aws, arnOf(aws, 'subnetgroup', id), tags);
  },
};

function observed(
  aws: Aws,
  { item, tags = {}, ...identity }: Owned<CacheSubnetGroup>,
): Observed<SubnetGroupSpec, SubnetGroupOutputs> {
  const { id } = identity;
  return {
    ...identity,
    tags,
    state: 'ready',
    spec: {
      name: id,
      description: item.CacheSubnetGroupDescription ?? '',
      vpcId: item.VpcId ?? '',
      subnetIds: (item.Subnets ?? []).map(({ SubnetIdentifier = '' }) => SubnetIdentifier),
    },
    outputs: { name: id, arn: arnOf(aws, 'subnetgroup', id) },
  };
}
