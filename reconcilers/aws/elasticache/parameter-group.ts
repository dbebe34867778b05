import {
  CreateCacheParameterGroupCommand,
  DeleteCacheParameterGroupCommand,
  DescribeCacheParameterGroupsCommand,
  paginateDescribeCacheParameterGroups,
  type CacheCluster,
  type CacheParameterGroup,
} from '@aws-sdk/client-elasticache';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { toSdkTags } from '../tags.ts';
import { UnchangingDescriptions } from '../unchanging.ts';
import { arnOf } from './arn.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { listOwned, type Description, type Owned } from './owned.ts';
import { createOnce } from './ownership.ts';
import type { ParameterGroupOutputs, ParameterGroupSpec } from './parameter-group-spec.ts';
import { readParameters, writeParameters } from './parameters.ts';
import { cacheTags, changeTags } from './tags.ts';
import { deleteUnused, describeCacheClusters } from './users.ts';
import { collect } from '../pages.ts';

const unchanging = new UnchangingDescriptions<CacheParameterGroup>();

const parameterGroups: Description<CacheParameterGroup> = {
  kind: 'parametergroup',
  nameOf: ({ CacheParameterGroupName = '' }) => CacheParameterGroupName,
  isReadable: () => true,
  unchanging,
  async all({ elasticache: client }) {
    return collect(paginateDescribeCacheParameterGroups({ client }, {}), (page) => page.CacheParameterGroups);
  },
  async one({ elasticache }, CacheParameterGroupName) {
    const wanted = new DescribeCacheParameterGroupsCommand({ CacheParameterGroupName });
    return (await elasticache.send(wanted)).CacheParameterGroups ?? [];
  },
};

/** How the engine of caches behaves. ElastiCache has no call that changes anything but the parameters. */
export const ParameterGroup: ResourceType<ParameterGroupSpec, ParameterGroupOutputs, Aws> = {
  name: 'elasticache/parameter-group',
  fields: {
    name: { severity: 'availability', immutable: true },
    family: { severity: 'availability', immutable: true },
    description: { severity: 'cosmetic', immutable: true },
    parameters: { severity: 'availability' },
  },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  async list(aws, queries) {
    const groups = await listOwned(aws, queries, parameterGroups);
    const found = await Promise.all(groups.map((group) => observe(aws, group)));
    const shown = found.filter((group) => group !== undefined);
    const wanted = new Set(queries.flatMap(({ names }) => [...names.values()]));
    if (shown.every(({ id }) => wanted.has(id))) return shown;
    const clusters = await describeCacheClusters(aws);
    return shown.map((group) =>
      wanted.has(group.id) ? group : { ...group, users: usersOf(group.id, clusters) },
    );
  },

  async create(aws, { name, family, description, parameters }, creation) {
    const arn = arnOf(aws, 'parametergroup', name);
    unchanging.forget(aws, name);
    const isNew = await createOnce(
      aws,
      arn,
      creation,
      aws.elasticache.send(
        new CreateCacheParameterGroupCommand({
          CacheParameterGroupName: name,
          CacheParameterGroupFamily: family,
          Description: description,
          Tags: toSdkTags(creation.tags),
        }),
      ),
    );
    // What is missing in one that was there already, the next pass sees and writes.
    if (!isNew) return { id: name };
    cacheTags.remember(aws, arn, creation.tags);
    try {
      await writeParameters(aws, name, parameters, {});
    } catch {
      // An error from here would read as if no group had been made; the next pass reports what stands in the way.
      return { id: name };
    }
    return { id: name, outputs: { name, arn } };
  },

  async update(aws, current, spec) {
    await writeParameters(aws, current.id, spec.parameters, current.spec.parameters);
  },

  async delete(aws, { id }) {
    const deletion = aws.elasticache.send(
      new DeleteCacheParameterGroupCommand({ CacheParameterGroupName: id }),
    );
    await deleteUnused(
      aws,
      ifThere(deletion),
      ({ CacheParameterGroup: used }) => used?.CacheParameterGroupName === id,
    );
    unchanging.forget(aws, id);
    cacheTags.forget(aws, arnOf(aws, 'parametergroup', id));
  },

  async setTags(aws, { id }, tags) {
    await changeTags(aws, arnOf(aws, 'parametergroup', id), tags);
  },
};

/** Undefined if it goes while it is looked at. */
async function observe(
  aws: Aws,
  { item, tags = {}, ...identity }: Owned<CacheParameterGroup>,
): Promise<Observed<ParameterGroupSpec, ParameterGroupOutputs> | undefined> {
  const { id } = identity;
  try {
    return {
      ...identity,
      tags,
      state: 'ready',
      spec: {
        name: id,
        family: item.CacheParameterGroupFamily ?? '',
        description: item.Description ?? '',
        parameters: await readParameters(aws, id),
      },
      outputs: { name: id, arn: arnOf(aws, 'parametergroup', id) },
    };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    unchanging.forget(aws, id);
    return undefined;
  }
}

/** Of nodes of a replication group, the group. */
function usersOf(name: string, clusters: readonly CacheCluster[]): readonly string[] {
  const using = clusters.filter(({ CacheParameterGroup: used }) => used?.CacheParameterGroupName === name);
  return using.map(({ ReplicationGroupId, CacheClusterId = '' }) => ReplicationGroupId ?? CacheClusterId);
}
