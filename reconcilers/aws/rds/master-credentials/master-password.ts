import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { isFields } from '../../../../controller/engine/resource-type.ts';
import { Terminal } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';

/**
 * The password of the master user, read at the moment it is needed. It is passed on to the one call that sets it, and
 * kept nowhere; errors name the secret only.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export async function readMasterPassword({ secrets }: Aws, SecretId: string): Promise<string> {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const content = parsed(SecretString);
  const password = isFields(content) ? content['password'] : undefined;
  if (typeof password === 'string' && password !== '') return password;
  throw new Terminal('InvalidSpec', `has a master secret ${SecretId} that is no JSON with a password`);
}

/** What JSON.parse complains about it quotes. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
