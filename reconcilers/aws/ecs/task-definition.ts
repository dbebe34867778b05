import { RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { managedTags, nodeTag, ownerTag } from '../../../controller/engine/ownership.ts';
import type { ResourceType, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { sameUnordered } from '../same.ts';
import { toContainerDefinition } from './container-definition.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { changeTags, toEcsTags } from './tags.ts';
import { listTaskDefinitions, type ObservedTaskDefinition } from './task-definition-list.ts';
import { sameContainers } from './task-definition-observed.ts';
import { describeRevision, removeRevisions, REVISIONS_KEPT } from './task-definition-revisions.ts';
import type { TaskDefinitionOutputs, TaskDefinitionSpec } from './task-definition-spec.ts';

/**
 * What a task is made of: a family whose newest revision is as wanted. AWS changes no revision, so a change registers
 * a new one, and so does a newest one of somebody else. If that says the same as ours it only gets our tags.
 */
export const TaskDefinition: ResourceType<TaskDefinitionSpec, TaskDefinitionOutputs, Aws> = {
  name: 'ecs/task-definition',
  fields: {
    family: { severity: 'availability', immutable: true },
    cpu: { severity: 'cost' },
    memory: { severity: 'cost' },
    executionRoleArn: { severity: 'security' },
    taskRoleArn: { severity: 'security' },
    runtimePlatform: { severity: 'availability' },
    volumes: { severity: 'availability', equals: sameUnordered },
    containers: { severity: 'security', equals: sameContainers },
    unexpected: { severity: 'security' },
  },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'name',
  nameField: 'family',
  renewedByUpdate: true,
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listTaskDefinitions,

  async create(aws, spec, creation) {
    const { family } = spec;
    const newest = await describeRevision(aws, family);
    if (newest !== undefined) {
      makeSureItIsOurs(`a task definition ${family} exists already`, newest.tags, creation);
      return { id: family };
    }
    const outputs = await register(aws, spec, creation.tags);
    return { id: family, outputs };
  },

  async update(aws, current, spec) {
    // Before, as what is registered is looked at no more.
    await removeRevisions(aws, current.id, current, REVISIONS_KEPT - 1);
    await register(aws, spec, tagsOfNext(current));
  },

  async delete(aws, current) {
    await removeRevisions(aws, current.id, current, 0);
  },

  /** An update may just have registered another revision: the newest gets them. */
  async setTags(aws, { id }, wanted) {
    const newest = await describeRevision(aws, id);
    const arn = newest?.definition.taskDefinitionArn;
    if (newest !== undefined && arn !== undefined) await changeTags(aws, arn, wanted, newest.tags);
  },
};

/** Those of one that somebody else registered are not ours. */
function tagsOfNext({ owner, node, tags = {} }: ObservedTaskDefinition): Tags {
  const ours = tags[ownerTag] === owner ? tags : {};
  return { ...ours, ...managedTags, [ownerTag]: owner, [nodeTag]: node };
}

async function register({ ecs }: Aws, spec: TaskDefinitionSpec, tags: Tags): Promise<TaskDefinitionOutputs> {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: spec.family,
      // Each task has a network interface of its own: Fargate has nothing else.
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: String(spec.cpu),
      memory: String(spec.memory),
      executionRoleArn: spec.executionRoleArn,
      taskRoleArn: spec.taskRoleArn,
      runtimePlatform: spec.runtimePlatform,
      volumes: spec.volumes.map((name) => ({ name })),
      containerDefinitions: Object.entries(spec.containers).map(([name, container]) =>
        toContainerDefinition(name, container),
      ),
      tags: toEcsTags(tags),
    }),
  );
  const { taskDefinitionArn: arn = '', revision = 0 } = taskDefinition ?? {};
  return { arn, family: spec.family, revision };
}
