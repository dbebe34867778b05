import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec, SecretReference } from '../spec.ts';
import { knownSecrets, type SecretContents } from './known-secrets.ts';
import { foreignSecretFaults } from './foreign-secrets.ts';
import { secretOwners, type SecretOwner } from './secret-owners.ts';

/** More than a person reads in a message. */
const longestList = 10;

/** Secrets that the container reads: its own and those of its database by name, any other by its ARN. */
export function checkSecretReferences(spec: ApiServiceSpec, others: OtherObjects): readonly SpecFault[] {
  const { databaseRef, container } = spec;
  const known = knownSecrets(spec, others);
  const owners = secretOwners(others);
  // While the manifest of the database is faulty nobody knows what its secrets are called.
  const isComplete =
    databaseRef === undefined || others.find('LedgerDatabase', databaseRef.name) !== undefined;
  return Object.entries(container.secrets).flatMap(([variable, reference]): readonly SpecFault[] => {
    const { secretName } = reference;
    const path = ['container', 'secrets', variable];
    if (secretName.startsWith('arn:')) return foreignSecretFaults(path, reference, spec, others);
    const contents = known.get(secretName);
    if (contents !== undefined)
      return [...keyFault(path, reference), ...contentsFault(path, reference, contents)];
    if (!isComplete) return [];
    const owner = owners.get(secretName);
    if (owner !== undefined)
      return [{ path: [...path, 'secretName'], message: ownerFault(secretName, owner) }];
    const message = `neither this object nor its database has a secret ${secretName}; ${listOf([...known.keys()])}`;
    return [{ path: [...path, 'secretName'], message }];
  });
}

function keyFault(path: SpecFault['path'], { secretName, kmsKeyArn }: SecretReference): readonly SpecFault[] {
  if (kmsKeyArn === undefined) return [];
  const message = `only with an ARN: the key of ${secretName} is known, and tasks may use it already; remove kmsKeyArn`;
  return [{ path: [...path, 'kmsKeyArn'], message }];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function contentsFault(
  path: SpecFault['path'],
  { secretName, key }: SecretReference,
  contents: SecretContents,
): readonly SpecFault[] {
  if (key === undefined) return [];
  switch (contents.kind) {
    case 'anything':
      return [];
    case 'text':
      return [{ path: [...path, 'key'], message: `${secretName} is no JSON, so it has no keys; remove key` }];
    case 'json':
      if (contents.keys.includes(key)) return [];
      return [{ path: [...path, 'key'], message: `${secretName} has ${contents.keys.join(', ')}` }];
  }
}

function ownerFault(secretName: string, { label, arnIn }: SecretOwner): string {
  return `${secretName} belongs to ${label}; write its ARN, which ${arnIn} of that object tells, and the key that it is encrypted with as kmsKeyArn`;
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'put it under secrets, or write its ARN';
  const more = names.length > longestList ? ' and others' : '';
  return `there are ${names.slice(0, longestList).join(', ')}${more}; of anybody else write the ARN`;
}
