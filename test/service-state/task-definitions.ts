import {
  DescribeTaskDefinitionCommand,
  paginateListTaskDefinitions,
  type ContainerDefinition,
} from '@aws-sdk/client-ecs';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { byName, without, type DataState } from '../data-state/resources.ts';
import { pairsIn } from './pairs.ts';

/** Of each family the newest revision that is active, and how many there are. */
export async function taskDefinitionsOf({ ecs }: Clients): Promise<DataState> {
  const families = [...(await revisionsByFamily(ecs)).values()];
  const found = await Promise.all(families.map((revisions) => newestOf(ecs, revisions)));
  return { taskDefinitions: byName(found, ({ family }) => family) };
}

/** Those that are active, the newest last. */
export async function revisionsByFamily(
  ecs: Clients['ecs'],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const pages = paginateListTaskDefinitions({ client: ecs }, { status: 'ACTIVE' });
  const arns = await collect(pages, (page) => page.taskDefinitionArns);
  return Map.groupBy(arns, familyIn);
}

/** `arn:aws:ecs:<region>:<account>:task-definition/<family>:<revision>` */
export function familyIn(arn: string): string {
  return arn.split('/').at(-1)?.split(':')[0] ?? '';
}

async function newestOf(ecs: Clients['ecs'], revisions: readonly string[]) {
  const wanted = { taskDefinition: revisions.at(-1), include: ['TAGS' as const] };
  const { taskDefinition, tags } = await ecs.send(new DescribeTaskDefinitionCommand(wanted));
  return {
    ...without(
      { ...taskDefinition },
      'taskDefinitionArn',
      'revision',
      'registeredAt',
      'registeredBy',
      'requiresAttributes',
    ),
    containerDefinitions: byName(taskDefinition?.containerDefinitions?.map(containerOf), ({ name }) => name),
    activeRevisions: revisions.length,
    Tags: pairsIn(tags),
  };
}

function containerOf(container: ContainerDefinition) {
  const { environment, secrets = [] } = container;
  return {
    ...container,
    environment: pairsIn(environment),
    secrets: Object.fromEntries(secrets.map(({ name = '', valueFrom }) => [name, valueFrom])),
  };
}
