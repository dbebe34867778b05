import type { OtherObjects } from '../../../controller/engine/kind.ts';
import type { Fields } from '../../../controller/engine/resource-type.ts';
import { secretNameIn } from './known-secrets.ts';
import { labelOf, neighboursOf } from './place.ts';

export type SecretOwner = {
  /** `ApiService/production/api` */
  readonly label: string;
  /** The field of its status that tells the ARN. */
  readonly arnIn: string;
};

/** Who owns which secret, by its name, which is unique in an account and region. */
export function secretOwners(others: OtherObjects): ReadonlyMap<string, SecretOwner> {
  return new Map([
    ...neighboursOf('LedgerDatabase', others).flatMap((database) =>
      secretsOfDatabase(database.spec).map(
        ([name, arnIn]) => [name, { label: labelOf('LedgerDatabase', database), arnIn }] as const,
      ),
    ),
    ...neighboursOf('ApiService', others).flatMap((service) =>
      namesOfService(service.spec).map(
        (name) => [name, { label: labelOf('ApiService', service), arnIn: 'status.secrets' }] as const,
      ),
    ),
  ]);
}

function secretsOfDatabase({ credentials, cache }: Fields): readonly (readonly [string, string])[] {
  const password = secretNameIn(credentials, 'secretName');
  const token = secretNameIn(cache, 'authSecretName');
  return [
    ...(password === undefined ? [] : [[password, 'status.secretArn'] as const]),
    ...(token === undefined ? [] : [[token, 'status.cache.authSecretArn'] as const]),
  ];
}

function namesOfService({ secrets }: Fields): readonly string[] {
  if (!Array.isArray(secrets)) return [];
  return secrets.map((secret: unknown) => secretNameIn(secret, 'name')).filter((name) => name !== undefined);
}
