import { parseDuration } from '../../controller/engine/duration.ts';
import { type Input, type Inputs } from '../../controller/engine/ref.ts';
import type {
  ContainerHealthCheck,
  ContainerSpec,
  LogConfiguration,
} from '../aws/ecs/task-definition-spec.ts';
import type { ApiServiceSpec, ContainerHealthCheckSpec, SidecarSpec } from './spec.ts';
import { volumeOf } from './volumes.ts';
import { sidecarsOf } from './xray-daemon.ts';

/** The container that the service is about; what is beside it has a name of its own. */
export const appContainer = 'app';

/** What a container gets that comes from elsewhere. */
export type Surroundings = {
  readonly image: Input<string>;
  readonly environment: Readonly<Record<string, Input<string>>>;
  readonly secrets: Readonly<Record<string, Input<string>>>;
  readonly logs: Inputs<LogConfiguration>;
};

/** By name. */
export function containersOf(
  spec: ApiServiceSpec,
  surroundings: Surroundings,
): Readonly<Record<string, Inputs<ContainerSpec>>> {
  const sidecars = sidecarsOf(spec);
  return {
    [appContainer]: appOf(spec, sidecars, surroundings),
    ...Object.fromEntries(sidecars.map((sidecar) => [sidecar.name, sidecarOf(sidecar, surroundings)])),
  };
}

function appOf(
  { container }: ApiServiceSpec,
  sidecars: readonly SidecarSpec[],
  { image, environment, secrets, logs }: Surroundings,
): Inputs<ContainerSpec> {
  const { command, healthCheck, user } = container;
  return {
    image,
    essential: true,
    cpu: container.cpu - sum(sidecars.map(({ cpu = 0 }) => cpu)),
    memory: container.memory - sum(sidecars.map(({ memory = 0 }) => memory)),
    ...(command && { command }),
    ports: [{ port: container.port, protocol: 'tcp' }],
    environment,
    secrets,
    ...(healthCheck && { healthCheck: healthCheckOf(healthCheck) }),
    logs,
    readonlyRootFilesystem: container.readOnlyRootFilesystem,
    ...(user === undefined ? {} : { user }),
    initProcess: true,
    mounts: Object.fromEntries(container.writablePaths.map((path) => [path, volumeOf(path)])),
    // So that the first trace, or the first request through a proxy, finds somebody there.
    dependsOn: Object.fromEntries(sidecars.map(({ name }) => [name, 'START' as const])),
  };
}

function sidecarOf(
  { image, essential, cpu, memory, port, environment }: SidecarSpec,
  { logs }: Surroundings,
): Inputs<ContainerSpec> {
  return {
    image,
    essential,
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
    ports: port === undefined ? [] : [portOf(port)],
    environment,
    secrets: {},
    logs,
    readonlyRootFilesystem: false,
    initProcess: false,
    mounts: {},
    dependsOn: {},
  };
}

/** `2000/udp` */
function portOf(text: string) {
  const [port, protocol] = text.split('/');
  return { port: Number(port), protocol: protocol === 'udp' ? ('udp' as const) : ('tcp' as const) };
}

function healthCheckOf({
  command,
  interval,
  timeout,
  retries,
  startPeriod,
}: ContainerHealthCheckSpec): ContainerHealthCheck {
  return {
    command,
    intervalSeconds: parseDuration(interval) / 1_000,
    timeoutSeconds: parseDuration(timeout) / 1_000,
    retries,
    startPeriodSeconds: parseDuration(startPeriod) / 1_000,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
