import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { same } from '../../../controller/engine/compare.ts';
import { containerIn } from './container-observed.ts';
import type { ContainerSpec, RuntimePlatform, TaskDefinitionSpec } from './task-definition-spec.ts';
import { unlessDefault } from './unexpected.ts';

/** What AWS says of a revision beside its settings. */
const ABOUT_THE_REVISION: ReadonlySet<string> = new Set([
  'compatibilities',
  'deleteRequestedAt',
  'deregisteredAt',
  'registeredAt',
  'registeredBy',
  'requiresAttributes',
  'revision',
  'status',
  'taskDefinitionArn',
]);

/** The settings of a revision. */
export function specOf(definition: TaskDefinition): TaskDefinitionSpec {
  const { family = '', cpu, memory, executionRoleArn, taskRoleArn, volumes = [], ...more } = definition;
  const { containerDefinitions = [], runtimePlatform, networkMode, requiresCompatibilities, ...rest } = more;
  const platform = platformIn(runtimePlatform);
  const others = Object.entries(rest).filter(([name]) => !ABOUT_THE_REVISION.has(name));
  const unexpected = unlessDefault({
    ...Object.fromEntries(others),
    volumes: volumes.filter(({ name: _name, ...settings }) => unlessDefault(settings) !== undefined),
    runtimePlatform: platform === undefined ? runtimePlatform : undefined,
    networkMode: networkMode === 'awsvpc' ? undefined : networkMode,
    requiresCompatibilities: requiresCompatibilities?.filter((one) => one !== 'FARGATE'),
  });
  return {
    family,
    cpu: Number(cpu ?? 0),
    memory: Number(memory ?? 0),
    executionRoleArn,
    taskRoleArn,
    runtimePlatform: platform ?? { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    volumes: volumes.map(({ name = '' }) => name),
    containers: Object.fromEntries(
      containerDefinitions.map((container) => [container.name ?? '', containerIn(container)]),
    ),
    ...(unexpected !== undefined && { unexpected }),
  };
}

/** Without one it is X86_64 on LINUX: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html */
function platformIn(platform: TaskDefinition['runtimePlatform']): RuntimePlatform | undefined {
  const { cpuArchitecture = 'X86_64', operatingSystemFamily = 'LINUX' } = platform ?? {};
  return operatingSystemFamily === 'LINUX' ? { cpuArchitecture, operatingSystemFamily } : undefined;
}

/** Whether two sets of containers are the same to AWS: ports have no order. */
export function sameContainers(
  wanted: TaskDefinitionSpec['containers'],
  actual: TaskDefinitionSpec['containers'],
): boolean {
  return same(withSortedPorts(wanted), withSortedPorts(actual));
}

function withSortedPorts(
  containers: TaskDefinitionSpec['containers'],
): Readonly<Record<string, ContainerSpec>> {
  return Object.fromEntries(
    Object.entries(containers).map(([name, container]) => [
      name,
      {
        ...container,
        ports: container.ports.toSorted((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1)),
      },
    ]),
  );
}
