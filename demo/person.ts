import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ShownObject } from './objects.ts';

const region = 'us-east-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Somebody who puts values into secrets that are made empty, each once, as their owner has to. */
export class Person {
  private readonly secrets: SecretsManagerClient;
  private readonly filled = new Set<string>();
  private readonly tell: (what: string) => void;

  constructor(endpoint: string, tell: (what: string) => void) {
    this.secrets = new SecretsManagerClient({ endpoint, region, credentials });
    this.tell = tell;
  }

  async fill({ emptySecrets }: ShownObject): Promise<void> {
    for (const SecretId of emptySecrets) {
      if (this.filled.has(SecretId)) continue;
      this.filled.add(SecretId);
      await this.secrets.send(
        new PutSecretValueCommand({ SecretId, SecretString: 'a key of another company' }),
      );
      this.tell(`somebody puts a value into the secret ${SecretId}, which was made empty`);
    }
  }
}
