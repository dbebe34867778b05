import { ListSecretsCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Clients } from '../../clients.ts';

/** What a person does with every secret that is empty. */
export async function fillSecrets({ secrets }: Clients): Promise<void> {
  const { SecretList = [] } = await secrets.send(new ListSecretsCommand({}));
  for (const { ARN: SecretId, SecretVersionsToStages = {} } of SecretList) {
    if (Object.keys(SecretVersionsToStages).length === 0)
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'put by a person' }));
  }
}
