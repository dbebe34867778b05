import type { Fields } from '../../../controller/engine/resource-type.ts';

/** A task on Fargate: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
export type TaskDefinitionSpec = {
  /** Unique in the account and region; its revisions are numbered. */
  readonly family: string;
  /** In units of 1/1024 of a processor. With memory, one of the pairs that Fargate has. */
  readonly cpu: number;
  /** In MiB. */
  readonly memory: number;
  /** What starts the containers pulls images, reads secrets and writes logs with. */
  readonly executionRoleArn: string | undefined;
  /** What the program itself calls AWS with. */
  readonly taskRoleArn: string | undefined;
  readonly runtimePlatform: RuntimePlatform;
  /** Names of volumes that begin empty and go with the task: where a read-only root leaves room to write. */
  readonly volumes: readonly string[];
  /** By name. */
  readonly containers: Readonly<Record<string, ContainerSpec>>;
  /** What a revision has beyond all this. Nobody wants any of it, so it is only observed. */
  readonly unexpected?: Fields;
};

export type RuntimePlatform = {
  readonly cpuArchitecture: 'X86_64' | 'ARM64';
  readonly operatingSystemFamily: 'LINUX';
};

export type ContainerSpec = {
  readonly image: string;
  /** The task ends with it. */
  readonly essential: boolean;
  /** Its share of the processor of the task; without it what the others leave. */
  readonly cpu?: number;
  /** In MiB; it is killed beyond that. Without it all memory of the task. */
  readonly memory?: number;
  /** Replaces the one of the image. */
  readonly command?: readonly string[];
  readonly ports: readonly ContainerPort[];
  readonly environment: Readonly<Record<string, string>>;
  /** Environment variables whose values AWS reads when the task starts: an ARN as `valueFrom` takes it. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly healthCheck?: ContainerHealthCheck;
  readonly logs?: LogConfiguration;
  readonly readonlyRootFilesystem: boolean;
  /** `uid`, `uid:gid` or a name; without it the one of the image. */
  readonly user?: string;
  /** A process that passes on signals and removes what its children leave. */
  readonly initProcess: boolean;
  /** Volumes of the task by the path that they are mounted at, for writing. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Containers that it starts after, by name. */
  readonly dependsOn: Readonly<Record<string, DependencyCondition>>;
  readonly unexpected?: Fields;
};

export type ContainerPort = { readonly port: number; readonly protocol: 'tcp' | 'udp' };

export type DependencyCondition = 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY';

export type ContainerHealthCheck = {
  /** `['CMD', ...]` or `['CMD-SHELL', command]`. */
  readonly command: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly startPeriodSeconds: number;
};

export type LogConfiguration = {
  /** One that Fargate has: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
  readonly driver: 'awsfirelens' | 'awslogs' | 'splunk';
  readonly options: Readonly<Record<string, string>>;
};

export type TaskDefinitionOutputs = {
  /** Of the newest revision. */
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
};
