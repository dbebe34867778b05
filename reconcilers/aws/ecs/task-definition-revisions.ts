import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  paginateListTaskDefinitions,
  UntagResourceCommand,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { NotFound } from '../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../controller/engine/ownership.ts';
import type { Identity, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { collect } from '../pages.ts';
import { familyIn, revisionIn } from './arn.ts';
import { tagsIn } from './tags.ts';

/** So many revisions can be gone back to; the others are deregistered. */
export const REVISIONS_KEPT = 10;

export type Revision = { readonly definition: TaskDefinition; readonly tags: Tags };

/** Of a family the newest revision that is active; of an ARN that revision. Undefined if there is none. */
export async function describeRevision({ ecs }: Aws, taskDefinition: string): Promise<Revision | undefined> {
  try {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] });
    const { taskDefinition: definition, tags } = await ecs.send(command);
    // One that was deregistered is shown as long as a task or service refers to it.
    if (definition?.status !== 'ACTIVE') return undefined;
    return { definition, tags: tagsIn(tags) };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** Deregisters what is older than the newest `kept` revisions of a family, and leaves what is another owner's. */
export async function removeRevisions(
  aws: Aws,
  family: string,
  { owner }: Pick<Identity, 'owner'>,
  kept: number,
) {
  const active = await activeRevisions(aws, family);
  for (const arn of active.slice(kept)) {
    const found = await describeRevision(aws, arn);
    if (found !== undefined && (found.tags[ownerTag] ?? owner) === owner) await deregister(aws, arn);
  }
}

/** The newest first. */
async function activeRevisions({ ecs: client }: Aws, familyPrefix: string): Promise<readonly string[]> {
  const pages = paginateListTaskDefinitions({ client }, { familyPrefix, status: 'ACTIVE' });
  const arns = await collect(pages, (page) => page.taskDefinitionArns);
  return arns
    .filter((arn) => familyIn(arn) === familyPrefix)
    .toSorted((one, other) => revisionIn(other) - revisionIn(one));
}

/** AWS keeps it for ever, and the index of tags shows it: without our tags it is no longer among what we have. */
async function deregister({ ecs }: Aws, arn: string): Promise<void> {
  await ifThere(ecs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: [ownerTag, nodeTag] })));
  await ifThere(ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn })));
}
