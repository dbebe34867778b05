import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec, SecretReference } from '../spec.ts';
import { placeOf } from './place.ts';

/**
 * Secrets that are named by their ARN. ECS asks Secrets Manager in the region of the ARN, so that may be any:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 */
export function foreignSecretFaults(
  path: SpecFault['path'],
  { secretName: arn, kmsKeyArn }: SecretReference,
  { secrets }: ApiServiceSpec,
  { environment }: OtherObjects,
): readonly SpecFault[] {
  const place = placeOf(environment);
  if (place === undefined) return [];
  const [, , , region = '', account = '', , nameInArn = ''] = arn.split(':');
  const own = secrets.find(({ name }) => isNameOf(name, nameInArn));
  if (own !== undefined && region === place.region && account === place.account) {
    const message = `${own.name} is one of spec.secrets; write its name, so that tasks wait for it and may decrypt it`;
    return [{ path: [...path, 'secretName'], message }];
  }
  const message =
    kmsKeyArn === undefined
      ? missingKeyFault(account, place.account)
      : keyRegionFault(regionIn(kmsKeyArn), region, place.region);
  return message === undefined ? [] : [{ path: [...path, 'kmsKeyArn'], message }];
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html */
function missingKeyFault(account: string, ownAccount: string): string | undefined {
  if (account === ownAccount) return undefined;
  return `a secret of account ${account} is read only with the key that it is encrypted with, which cannot be aws/secretsmanager; give its ARN`;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
function keyRegionFault(keyRegion: string, secretRegion: string, ownRegion: string): string | undefined {
  if (keyRegion !== secretRegion)
    return `the key is in ${keyRegion}, but the secret in ${secretRegion}, and Secrets Manager encrypts with keys of its own region`;
  if (keyRegion === ownRegion) return undefined;
  return `the key is in ${keyRegion}, but tasks may decrypt in ${ownRegion} only; replicate the secret to there and name the replica`;
}

function regionIn(arn: string): string {
  return arn.split(':')[3] ?? '';
}

/** Secrets Manager puts a hyphen and six characters behind the name. */
function isNameOf(name: string, nameInArn: string): boolean {
  return nameInArn === name || (nameInArn.startsWith(`${name}-`) && nameInArn.length === name.length + 7);
}
