import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { ContainerHealthCheck, ContainerSpec, LogConfiguration } from './task-definition-spec.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export function toContainerDefinition(name: string, container: ContainerSpec): ContainerDefinition {
  const { image, essential, cpu, memory, command, user, healthCheck, logs, initProcess } = container;
  return {
    name,
    image,
    essential,
    cpu,
    memory,
    command: command && [...command],
    user,
    readonlyRootFilesystem: container.readonlyRootFilesystem,
    portMappings: container.ports.map(({ port, protocol }) => ({ containerPort: port, protocol })),
    environment: Object.entries(container.environment).map(([key, value]) => ({ name: key, value })),
    secrets: Object.entries(container.secrets).map(([key, valueFrom]) => ({ name: key, valueFrom })),
    mountPoints: Object.entries(container.mounts).map(([containerPath, sourceVolume]) => ({
      containerPath,
      sourceVolume,
    })),
    dependsOn: Object.entries(container.dependsOn).map(([containerName, condition]) => ({
      containerName,
      condition,
    })),
    ...(initProcess && { linuxParameters: { initProcessEnabled: true } }),
    ...(healthCheck && { healthCheck: toHealthCheck(healthCheck) }),
    ...(logs && { logConfiguration: toLogConfiguration(logs) }),
  };
}

function toHealthCheck(check: ContainerHealthCheck): ContainerDefinition['healthCheck'] {
  return {
    command: [...check.command],
    interval: check.intervalSeconds,
    timeout: check.timeoutSeconds,
    retries: check.retries,
    startPeriod: check.startPeriodSeconds,
  };
}

function toLogConfiguration({ driver, options }: LogConfiguration): ContainerDefinition['logConfiguration'] {
  return { logDriver: driver, options: { ...options } };
}
