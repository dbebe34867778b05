import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';

type Path = SpecFault['path'];

/** https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html */
const credentials = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']);

/** Names of environment variables, each with one value, none with credentials. */
export function checkEnvironment({ container, sidecars }: ApiServiceSpec): readonly SpecFault[] {
  const { environment, secrets } = container;
  return [
    ...namesFaults(['container', 'environment'], environment),
    ...namesFaults(['container', 'secrets'], secrets),
    ...credentialsFaults(['container', 'environment'], environment),
    ...Object.keys(secrets)
      .filter((name) => Object.hasOwn(environment, name))
      .map((name) => ({
        path: ['container', 'secrets', name],
        message: `${name} is in container.environment already`,
      })),
    ...sidecars.flatMap((sidecar, index) => {
      const path = ['sidecars', index, 'environment'];
      return [...namesFaults(path, sidecar.environment), ...credentialsFaults(path, sidecar.environment)];
    }),
  ];
}

function namesFaults(path: Path, values: Readonly<Record<string, unknown>>): readonly SpecFault[] {
  return Object.keys(values)
    .filter((name) => !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name))
    .map((name) => ({ path: [...path, name], message: 'is no name of an environment variable' }));
}

function credentialsFaults(path: Path, values: Readonly<Record<string, unknown>>): readonly SpecFault[] {
  return Object.keys(values)
    .filter((name) => credentials.has(name))
    .map((name) => ({
      path: [...path, name],
      message: 'no credentials here: ECS gives the program those of the task role, see permissions',
    }));
}
