import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Input } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import { Secret } from '../aws/secretsmanager/secret.ts';
import type { SecretContent, SecretOutputs } from '../aws/secretsmanager/secret-spec.ts';
import type { ApiServiceSpec, OwnedSecret } from './spec.ts';

/** By name. */
export type OwnedSecrets = ReadonlyMap<string, NodeHandle<SecretOutputs>>;

export function addSecrets(
  graph: Graph<Aws>,
  { secrets, container }: ApiServiceSpec,
  kmsKeyArn: Input<string> | undefined,
): OwnedSecrets {
  const { namespace, name: service } = graph.object;
  const read = new Set(Object.values(container.secrets).map(({ secretName }) => secretName));
  return new Map(
    secrets.map((secret) => [
      secret.name,
      graph.add(Secret, `secret-${secret.name}`, {
        name: secret.name,
        description: `Of the service ${namespace}/${service}`,
        kmsKeyArn,
        recoveryWindowDays: 30,
        rotateAfterDays: undefined,
        notOlderThan: undefined,
        content: contentOf(secret, read.has(secret.name)),
        secretState: 'Active',
        age: 'current',
      }),
    ]),
  );
}

/** Those that wait for no person: tasks start after them, and they stay as long as tasks run that may read them. */
export function generatedOf(
  { secrets }: ApiServiceSpec,
  owned: OwnedSecrets,
): readonly NodeHandle<SecretOutputs>[] {
  return secrets.flatMap(({ name, value }) => (value === 'External' ? [] : (owned.get(name) ?? [])));
}

/**
 * Bytes are binary, but for those that the container gets as an environment variable: ECS passes on text only
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html), so it is letters
 * and digits with as much chance in them.
 */
function contentOf({ value }: OwnedSecret, isEnvironment: boolean): SecretContent {
  if (value === 'External') return { kind: 'external' };
  const { generateBytes: bytes } = value;
  if (!isEnvironment) return { kind: 'binary', bytes };
  const length = Math.ceil((bytes * 8) / Math.log2(lettersAndDigits));
  return { kind: 'text', length, excludeCharacters: '', excludePunctuation: true };
}

const lettersAndDigits = 62;
