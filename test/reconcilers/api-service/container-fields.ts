import type { JsonObject } from '../../../controller/manifests/json.ts';
import { listIn, partOf } from '../contract-manifest.ts';
import type { Changed, FieldCases } from '../field-cases.ts';
import { deployed, shown } from './shown.ts';
import { spec } from './spec.ts';

const { app, sidecar, task } = shown;
const [xray = {}] = listIn(spec, 'sidecars');

const healthCheck: JsonObject = {
  command: ['CMD-SHELL', 'curl -f http://localhost:8080/health'],
  interval: '20s',
  timeout: '4s',
  retries: 2,
  startPeriod: '10s',
};
const container: JsonObject = { ...partOf(spec, 'container'), healthCheck };

export const containerSettings: JsonObject = { container };

/** A new revision with these differences, and a deployment of it. */
function deploying(change: JsonObject, changes: readonly string[]): Changed {
  return { change, writes: deployed, changes };
}

function containerWith(changes: JsonObject): JsonObject {
  return { container: { ...container, ...changes } };
}

function checkedBy(changes: JsonObject, shows: readonly string[]): Changed {
  return deploying(containerWith({ healthCheck: { ...healthCheck, ...changes } }), shows);
}

function besideWith(changes: JsonObject, shows: readonly string[]): Changed {
  return deploying({ sidecars: [{ ...xray, ...changes }] }, shows);
}

/** What the tasks are made of: image, container and sidecars. */
export const containerFields: FieldCases = {
  changed: {
    'image.tag': deploying({ image: { repository: 'fintech-api', tag: '1.5.0' } }, [
      `${app}.image: *fintech-api:1.4.2" → *fintech-api:1.5.0"`,
    ]),
    'image.uri': {
      change: { image: { uri: 'public.ecr.aws/nginx/nginx:1.27' } },
      writes: ['PutRolePolicy execution-role', ...deployed, 'TagResource repository'],
      changes: [
        `${shown.execution}.Statement: *LogInToRegistry*PullImages* → *`,
        // With its images.
        'repositories.fintech-api.Tags.fintech.global/retained: nothing → "<time>"',
        `${app}.image: *fintech-api:1.4.2" → "public.ecr.aws/nginx/nginx:1.27"`,
      ],
      alone: true,
    },
    'container.cpu': deploying(containerWith({ cpu: 1024, memory: 2048 }), [
      `${app}.cpu: 480 → 992`,
      `${app}.memory: 768 → 1792`,
      `${task}.cpu: "512" → "1024"`,
      `${task}.memory: "1024" → "2048"`,
    ]),
    'container.memory': deploying(containerWith({ memory: 2048 }), [
      `${app}.memory: 768 → 1792`,
      `${task}.memory: "1024" → "2048"`,
    ]),
    'container.environment': deploying(containerWith({ environment: { ENVIRONMENT: 'staging' } }), [
      `${app}.environment.ENVIRONMENT: "production" → "staging"`,
      `${app}.environment.REGION: "us-east-1" → nothing`,
    ]),
    'container.environment, in the place of what the database brings': deploying(
      containerWith({ environment: { ENVIRONMENT: 'production', REGION: 'us-east-1', DB_HOST: 'proxy' } }),
      [`${app}.environment.DB_HOST: *.rds.amazonaws.com" → "proxy"`],
    ),
    'container.secrets': {
      change: containerWith({
        secrets: {
          API_KEY: { secretName: 'fintech/api-keys' },
          DB_OWNER: { secretName: 'fintech/db-credentials', key: 'username' },
        },
      }),
      writes: ['PutRolePolicy execution-role', ...deployed],
      changes: [
        `${shown.execution}.Statement.2.Resource: * → *`,
        `${app}.secrets.DB_OWNER: nothing → *fintech/db-credentials:username::"`,
      ],
    },
    'container.secrets, one less': {
      change: containerWith({ secrets: {} }),
      writes: ['PutRolePolicy execution-role', ...deployed],
      changes: [
        `${shown.execution}.Statement.2.Resource: *api-keys* → *`,
        `${app}.secrets.API_KEY: "secret fintech/api-keys" → nothing`,
      ],
      alone: true,
    },
    'container.command': deploying(containerWith({ command: ['serve', '--fast'] }), [
      `${app}.command: nothing → ["serve","--fast"]`,
    ]),
    'container.healthCheck.command': checkedBy({ command: ['CMD', 'check'] }, [
      `${app}.healthCheck.command.0: "CMD-SHELL" → "CMD"`,
      `${app}.healthCheck.command.1: * → "check"`,
    ]),
    'container.healthCheck.interval': checkedBy({ interval: '25s' }, [
      `${app}.healthCheck.interval: 20 → 25`,
    ]),
    'container.healthCheck.timeout': checkedBy({ timeout: '6s' }, [`${app}.healthCheck.timeout: 4 → 6`]),
    'container.healthCheck.retries': checkedBy({ retries: 5 }, [`${app}.healthCheck.retries: 2 → 5`]),
    'container.healthCheck.startPeriod': checkedBy({ startPeriod: '1m' }, [
      `${app}.healthCheck.startPeriod: 10 → 60`,
    ]),
    'container.healthCheck, none': {
      ...deploying(containerWith({ healthCheck: undefined }), [`${app}.healthCheck: * → nothing`]),
      alone: true,
    },
    'container.readOnlyRootFilesystem': deploying(containerWith({ readOnlyRootFilesystem: true }), [
      `${app}.readonlyRootFilesystem: false → true`,
    ]),
    'container.writablePaths': deploying(
      containerWith({ readOnlyRootFilesystem: true, writablePaths: ['/tmp'] }),
      [
        `${app}.readonlyRootFilesystem: false → true`,
        `${app}.mountPoints: [] → [{"containerPath":"/tmp",*}]`,
        `${task}.volumes: [] → *`,
      ],
    ),
    'container.user': deploying(containerWith({ user: '1000:1000' }), [`${app}.user: nothing → "1000:1000"`]),
    'container.architecture': deploying(containerWith({ architecture: 'ARM64' }), [
      `${task}.runtimePlatform.cpuArchitecture: "X86_64" → "ARM64"`,
    ]),
    // Without tracing, as that is by this name.
    'sidecars[].name': {
      change: { tracing: false, sidecars: [{ ...xray, name: 'traces' }] },
      writes: ['PutRolePolicy task-role', ...deployed],
      changes: [
        `${shown.program}.Statement: * → *`,
        `${app}.dependsOn.0.containerName: "xray-daemon" → "traces"`,
        `${sidecar}: * → nothing`,
        `${task}.containerDefinitions.traces: nothing → *`,
      ],
      alone: true,
    },
    'sidecars[].image': besideWith({ image: 'public.ecr.aws/xray/aws-xray-daemon:3' }, [
      `${sidecar}.image: *:latest" → *:3"`,
    ]),
    'sidecars[].cpu': besideWith({ cpu: 64 }, [`${app}.cpu: 480 → 448`, `${sidecar}.cpu: 32 → 64`]),
    'sidecars[].memory': besideWith({ memory: 128 }, [
      `${app}.memory: 768 → 896`,
      `${sidecar}.memory: 256 → 128`,
    ]),
    'sidecars[].port': besideWith({ port: '2001/udp' }, [
      `${sidecar}.portMappings.0.containerPort: 2000 → 2001`,
      `${sidecar}.portMappings.0.hostPort: 2000 → 2001`,
    ]),
    'sidecars[].environment': besideWith({ environment: { AWS_XRAY_DEBUG: 'on' } }, [
      `${sidecar}.environment.AWS_XRAY_DEBUG: nothing → "on"`,
    ]),
    'sidecars[].essential': besideWith({ essential: true }, [`${sidecar}.essential: false → true`]),
    'sidecars, one more': deploying(
      { sidecars: [xray, { name: 'proxy', image: 'envoyproxy/envoy:v1', port: '9901/tcp' }] },
      [`${app}.dependsOn: * → *`, `${task}.containerDefinitions.proxy: nothing → *`],
    ),
  },
  refused: {
    'image.repository': {
      change: { image: { repository: 'payments', tag: '1.4.2' } },
      because:
        'ecr/repository repository (fintech-api) would be replaced and its data lost: name cannot be changed in place',
    },
  },
  faulty: {
    'container.port': {
      change: containerWith({ port: 9090 }),
      says: 'must be 8080, which is ports.app of FintechNetwork core: its security groups let nothing else through; to move to 9090 set ports.appNext to it first',
    },
  },
};
