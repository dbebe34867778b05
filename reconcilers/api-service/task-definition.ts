import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Input, Inputs, Ref } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import type { TaskDefinitionOutputs, TaskDefinitionSpec } from '../aws/ecs/task-definition-spec.ts';
import { TaskDefinition } from '../aws/ecs/task-definition.ts';
import type { SecretOutputs } from '../aws/secretsmanager/secret-spec.ts';
import { containersOf } from './containers.ts';
import type { Database } from './database.ts';
import type { Image } from './image.ts';
import type { Roles } from './roles.ts';
import type { ApiServiceSpec } from './spec.ts';
import { volumeOf } from './volumes.ts';

type Parts = {
  readonly image: Image;
  readonly roles: Roles;
  readonly logGroupName: Ref<string>;
  readonly database: Database | undefined;
  /** `container.secrets`, as ECS takes them. */
  readonly secrets: Readonly<Record<string, Input<string>>>;
  /** What the program reads itself. */
  readonly read: readonly NodeHandle<SecretOutputs>[];
};

/** What a task is made of. Every change is a new revision. */
export function addTaskDefinition(
  graph: Graph<Aws>,
  spec: ApiServiceSpec,
  { image, roles, logGroupName, database, secrets, read }: Parts,
): NodeHandle<TaskDefinitionOutputs> {
  const { container } = spec;
  const own = new Set([...Object.keys(container.environment), ...Object.keys(secrets)]);
  const definition: Inputs<TaskDefinitionSpec> = {
    family: graph.nameOf('task'),
    cpu: container.cpu,
    memory: container.memory,
    executionRoleArn: roles.execution.ref('arn'),
    taskRoleArn: roles.task.ref('arn'),
    runtimePlatform: { cpuArchitecture: container.architecture, operatingSystemFamily: 'LINUX' },
    volumes: container.writablePaths.map((path) => volumeOf(path)),
    containers: containersOf(spec, {
      image: image.uri,
      environment: { ...without(own, database?.environment), ...container.environment },
      secrets: { ...without(own, database?.secrets), ...secrets },
      logs: {
        driver: 'awslogs',
        options: {
          'awslogs-group': logGroupName,
          'awslogs-region': graph.place.region,
          'awslogs-stream-prefix': 'ecs',
          // A service that cannot get rid of its logs goes on serving:
          // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
          mode: 'non-blocking',
          'max-buffer-size': '25m',
        },
      },
    }),
  };
  return graph.add(TaskDefinition, 'task-definition', definition, { after: read });
}

/** What the manifest says itself comes before what the database brings, whether as text or as a secret. */
function without(
  names: ReadonlySet<string>,
  variables: Readonly<Record<string, Input<string>>> = {},
): Readonly<Record<string, Input<string>>> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.has(name)));
}
