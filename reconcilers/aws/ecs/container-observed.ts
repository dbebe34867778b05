import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { ContainerHealthCheck, ContainerPort, ContainerSpec } from './task-definition-spec.ts';
import { unlessDefault } from './unexpected.ts';

/**
 * A container as a revision has it. AWS adds defaults to what was registered, and keeps lists of what has names; what
 * is left over is something that the spec cannot say.
 */
export function containerIn(definition: ContainerDefinition): ContainerSpec {
  const { name: _name, image = '', essential = true, cpu, memory, command, user, ...more } = definition;
  const {
    portMappings = [],
    environment = [],
    secrets = [],
    mountPoints = [],
    dependsOn = [],
    ...rest
  } = more;
  const { readonlyRootFilesystem = false, linuxParameters, healthCheck, logConfiguration, ...others } = rest;
  const { initProcessEnabled = false, ...otherParameters } = linuxParameters ?? {};
  const { secretOptions } = logConfiguration ?? {};
  const unexpected = unlessDefault({
    ...others,
    linuxParameters: otherParameters,
    secretOptions,
    portMappings: portMappings.filter((mapping) => portIn(mapping) === undefined),
    mountPoints: mountPoints.filter(({ readOnly }) => readOnly === true),
    logConfiguration: logsIn(logConfiguration) === undefined ? logConfiguration : undefined,
  });
  return {
    image,
    essential,
    ...(cpu !== undefined && cpu !== 0 && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(command !== undefined && command.length > 0 && { command }),
    ports: portMappings.flatMap((mapping) => portIn(mapping) ?? []),
    environment: Object.fromEntries(environment.map(({ name = '', value = '' }) => [name, value])),
    secrets: Object.fromEntries(secrets.map(({ name = '', valueFrom = '' }) => [name, valueFrom])),
    ...(healthCheck !== undefined && { healthCheck: healthCheckIn(healthCheck) }),
    ...logsIn(logConfiguration),
    readonlyRootFilesystem,
    ...(user !== undefined && user !== '' && { user }),
    initProcess: initProcessEnabled,
    mounts: Object.fromEntries(
      mountPoints.map(({ containerPath = '', sourceVolume = '' }) => [containerPath, sourceVolume]),
    ),
    dependsOn: Object.fromEntries(
      dependsOn.map(({ containerName = '', condition = 'START' }) => [containerName, condition]),
    ),
    ...(unexpected !== undefined && { unexpected }),
  };
}

type PortMapping = NonNullable<ContainerDefinition['portMappings']>[number];

/** With awsvpc the port of the host is that of the container: AWS shows it, and a name or a range are something else. */
function portIn({
  containerPort,
  hostPort,
  protocol = 'tcp',
  ...more
}: PortMapping): ContainerPort | undefined {
  const isPlain = hostPort === undefined || hostPort === 0 || hostPort === containerPort;
  if (containerPort === undefined || !isPlain || unlessDefault(more) !== undefined) return undefined;
  return { port: containerPort, protocol };
}

/** The defaults of https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function healthCheckIn(check: NonNullable<ContainerDefinition['healthCheck']>): ContainerHealthCheck {
  const { command = [], interval = 30, timeout = 5, retries = 3, startPeriod = 0 } = check;
  return {
    command,
    intervalSeconds: interval,
    timeoutSeconds: timeout,
    retries,
    startPeriodSeconds: startPeriod,
  };
}

/** Undefined for a driver that Fargate does not have. */
function logsIn(logs: ContainerDefinition['logConfiguration']): Pick<ContainerSpec, 'logs'> | undefined {
  const { logDriver: driver, options = {} } = logs ?? {};
  if (driver !== 'awsfirelens' && driver !== 'awslogs' && driver !== 'splunk') return undefined;
  return { logs: { driver, options } };
}
