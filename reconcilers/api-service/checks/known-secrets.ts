import type { OtherObjects } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { ApiServiceSpec } from '../spec.ts';

/** What is in a secret, as far as the manifests tell. */
export type SecretContents =
  | { readonly kind: 'anything' | 'text' }
  | { readonly kind: 'json'; readonly keys: readonly string[] };

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html */
const credentialKeys = ['username', 'password', 'engine', 'host', 'port', 'dbname'];

/**
 * What a container may read by its name: the service's own secrets, and those of its database. Roles get permission for
 * exactly these and their keys; of any other name nobody knows the key.
 */
export function knownSecrets(
  { databaseRef, secrets }: ApiServiceSpec,
  { find }: OtherObjects,
): ReadonlyMap<string, SecretContents> {
  const database = databaseRef && find('LedgerDatabase', databaseRef.name)?.spec;
  const credentials = secretNameIn(database?.['credentials'], 'secretName');
  const token = secretNameIn(database?.['cache'], 'authSecretName');
  return new Map<string, SecretContents>([
    ...(credentials === undefined ? [] : [[credentials, { kind: 'json', keys: credentialKeys }] as const]),
    ...(token === undefined ? [] : [[token, { kind: 'text' }] as const]),
    ...secrets.map(
      ({ name, value }) => [name, { kind: value === 'External' ? 'anything' : 'text' }] as const,
    ),
  ]);
}

export function secretNameIn(part: unknown, field: string): string | undefined {
  const name = isFields(part) ? part[field] : undefined;
  return typeof name === 'string' ? name : undefined;
}
