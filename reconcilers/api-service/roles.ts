import type { Graph, NodeHandle, Place } from '../../controller/engine/graph.ts';
import { text, type Inputs, type Ref } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import { Role } from '../aws/iam/role.ts';
import type { RoleOutputs } from '../aws/iam/role-spec.ts';
import { viaService } from '../aws/kms/account-key-policy.ts';
import { partitionOf } from '../aws/partition.ts';
import type { PolicyDocument, PolicyStatement } from '../aws/policy-document.ts';
import type { Image } from './image.ts';
import type { Readable } from './readable.ts';
import type { ApiServiceSpec } from './spec.ts';

export type Roles = {
  readonly execution: NodeHandle<RoleOutputs>;
  readonly task: NodeHandle<RoleOutputs>;
};

type Statement = Inputs<PolicyStatement>;

/** The one starts containers, the other is what they call AWS with. Neither may do more than this service needs. */
export function addRoles(
  graph: Graph<Aws>,
  spec: ApiServiceSpec,
  uses: {
    readonly image: Image;
    readonly logGroupArn: Ref<string>;
    readonly atStart: Readable;
    readonly byProgram: Readable;
  },
): Roles {
  const { namespace, name } = graph.object;
  const common = {
    maxSessionDuration: 3600,
    trustPolicy: tasksOf(graph.place),
    managedPolicyArns: [],
    permissionsBoundary: undefined,
  };
  const execution = graph.add(Role, 'execution-role', {
    ...common,
    name: graph.nameOf('execution-role'),
    description: `ECS starts the containers of ${namespace}/${name} with this role`,
    inlinePolicies: {
      'start-containers': documentOf([
        ...pulling(uses.image),
        ...logging(uses.logGroupArn),
        ...reading(graph.place, uses.atStart),
      ]),
    },
  });
  const own = [...reading(graph.place, uses.byProgram), ...tracing(spec), ...shell(spec), ...permitted(spec)];
  const task = graph.add(Role, 'task-role', {
    ...common,
    name: graph.nameOf('task-role'),
    description: `The containers of ${namespace}/${name} call AWS with this role`,
    inlinePolicies: own.length === 0 ? {} : { 'call-aws': documentOf(own) },
  });
  return { execution, task };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
function tasksOf({ account, region }: Place): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partitionOf(region).name}:ecs:${region}:${account}:*` },
        },
      },
    ],
  };
}

function documentOf(statements: readonly Statement[]): Inputs<PolicyDocument> {
  return { Version: '2012-10-17', Statement: statements };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html: the token is for no repository. */
function pulling({ repositoryArns }: Image): readonly Statement[] {
  if (repositoryArns.length === 0) return [];
  return [
    { Sid: 'LogInToRegistry', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    {
      Sid: 'PullImages',
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: repositoryArns,
    },
  ];
}

function logging(logGroupArn: Ref<string>): readonly Statement[] {
  return [
    {
      Sid: 'WriteLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: text`${logGroupArn}:*`,
    },
  ];
}

function reading({ region }: Place, { secretArns, keyArns }: Readable): readonly Statement[] {
  if (secretArns.length === 0) return [];
  const secrets: Statement = {
    Sid: 'ReadSecrets',
    Effect: 'Allow',
    Action: 'secretsmanager:GetSecretValue',
    Resource: secretArns,
  };
  if (keyArns.length === 0) return [secrets];
  const decrypt: Statement = {
    Sid: 'DecryptSecrets',
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: keyArns,
    Condition: { StringEquals: { 'kms:ViaService': viaService('secretsmanager', region) } },
  };
  return [secrets, decrypt];
}

/** X-Ray knows no resources for these: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
function tracing({ tracing: isTraced }: ApiServiceSpec): readonly Statement[] {
  if (!isTraced) return [];
  return [
    {
      Sid: 'SendTraces',
      Effect: 'Allow',
      Action: [
        'xray:GetSamplingRules',
        'xray:GetSamplingStatisticSummaries',
        'xray:GetSamplingTargets',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ],
      Resource: '*',
    },
  ];
}

/** No resources here either: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions */
function shell({ executeCommand }: ApiServiceSpec): readonly Statement[] {
  if (!executeCommand) return [];
  return [
    {
      Sid: 'OpenShell',
      Effect: 'Allow',
      Action: [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      Resource: '*',
    },
  ];
}

function permitted({ permissions }: ApiServiceSpec): readonly Statement[] {
  return permissions.map(({ actions, resources }, index) => ({
    Sid: `Permission${index + 1}`,
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
  }));
}
