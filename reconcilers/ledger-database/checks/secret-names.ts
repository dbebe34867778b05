import type { OtherObject, OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';

/** Names of secrets are unique in an account and region: two owners would overwrite each other's. */
export function checkSecretNames(
  { credentials, cache }: LedgerDatabaseSpec,
  others: OtherObjects,
): readonly SpecFault[] {
  const named = [
    { path: ['credentials', 'secretName'], name: credentials.secretName },
    ...(cache === undefined ? [] : [{ path: ['cache', 'authSecretName'], name: cache.authSecretName }]),
  ];
  return named.flatMap(({ path, name }, index) => {
    if (named.slice(0, index).some((other) => other.name === name))
      return [{ path, message: `${name} is used twice: password and auth token need a secret each` }];
    const owner = neighboursOf(others).find(({ spec }) => secretsOf(spec).includes(name));
    if (owner === undefined) return [];
    const { namespace = '', name: database } = owner.metadata;
    return [{ path, message: `${name} belongs to LedgerDatabase/${namespace}/${database} already` }];
  });
}

/** The LedgerDatabases of the same account and region. */
function neighboursOf({ self, environment, allOf }: OtherObjects): readonly OtherObject[] {
  const own = self.metadata.namespace;
  const environments = new Map(allOf('Environment').map((one) => [one.metadata.name, placeOf(one)]));
  const place = placeOf(environment);
  return allOf('LedgerDatabase').filter(({ metadata: { namespace = '' } }) => {
    const other = environments.get(namespace);
    return namespace === own || (place !== undefined && place === other);
  });
}

/** `123456789012 us-east-1` */
function placeOf(environment: OtherObject | undefined): string | undefined {
  const aws = environment?.spec['aws'];
  return isFields(aws) ? `${String(aws['accountId'])} ${String(aws['region'])}` : undefined;
}

function secretsOf({ credentials, cache }: OtherObject['spec']): readonly unknown[] {
  return [
    isFields(credentials) ? credentials['secretName'] : undefined,
    isFields(cache) ? cache['authSecretName'] : undefined,
  ];
}
