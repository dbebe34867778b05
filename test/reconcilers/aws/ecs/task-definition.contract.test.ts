import { DescribeTaskDefinitionCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type {
  TaskDefinitionOutputs,
  TaskDefinitionSpec,
} from '../../../../reconcilers/aws/ecs/task-definition-spec.ts';
import { TaskDefinition } from '../../../../reconcilers/aws/ecs/task-definition.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { removeAllTags, sampleContainer, sampleSidecar, sampleTaskDefinition } from './ecs-samples.ts';

describeResourceType(
  TaskDefinition,
  async (aws): Promise<Fixture<TaskDefinitionSpec, TaskDefinitionOutputs>> => ({
    spec: (number) => sampleTaskDefinition(`contract-${number}`),
    removeTags: ({ outputs, tags }) => removeAllTags(aws, outputs.arn, tags),
    fields: {
      family: 'immutable',
      cpu: {
        another: 1024,
        given: { memory: 2048 },
        changeFromOutside: ({ id }) => registerNext(aws, id, { cpu: '1024' }),
      },
      memory: {
        another: 2048,
        changeFromOutside: ({ id }) => registerNext(aws, id, { memory: '4096' }),
      },
      executionRoleArn: {
        another: 'arn:aws:iam::123456789012:role/another',
        changeFromOutside: ({ id }) =>
          registerNext(aws, id, { executionRoleArn: 'arn:aws:iam::123456789012:role/theirs' }),
      },
      taskRoleArn: {
        another: undefined,
        changeFromOutside: ({ id }) =>
          registerNext(aws, id, { taskRoleArn: 'arn:aws:iam::123456789012:role/administrator' }),
      },
      runtimePlatform: {
        another: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
        changeFromOutside: ({ id }) =>
          registerNext(aws, id, {
            runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
          }),
      },
      volumes: {
        another: ['scratch', 'cache'],
        changeFromOutside: ({ id }) =>
          registerNext(aws, id, { volumes: [{ name: 'scratch' }, { name: 'theirs' }] }),
      },
      containers: {
        another: { api: { ...sampleContainer, user: '0', dependsOn: {} }, proxy: sampleSidecar },
        changeFromOutside: ({ id }) =>
          registerNext(aws, id, {
            containerDefinitions: [{ name: 'api', image: 'theirs', essential: true }],
          }),
      },
      unexpected: 'own tests',
    },
  }),
  ['unexpected'],
);

/** Registers the newest revision again with something else in it, as the console does: with its tags. */
async function registerNext({ ecs }: Aws, family: string, more: object): Promise<void> {
  const describe = new DescribeTaskDefinitionCommand({ taskDefinition: family, include: ['TAGS'] });
  const { taskDefinition = {}, tags } = await ecs.send(describe);
  const { containerDefinitions, networkMode, requiresCompatibilities, cpu, memory, volumes } = taskDefinition;
  const { executionRoleArn, taskRoleArn, runtimePlatform } = taskDefinition;
  const before = { networkMode, requiresCompatibilities, cpu, memory, volumes, runtimePlatform };
  const roles = { executionRoleArn, taskRoleArn };
  const input = { family, containerDefinitions, ...before, ...roles, tags, ...more };
  await ecs.send(new RegisterTaskDefinitionCommand(input));
}
