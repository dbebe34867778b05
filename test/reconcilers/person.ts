import {
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { isFields } from '../../controller/engine/resource-type.ts';
import type { AwsTarget } from '../../controller/environment.ts';
import type { ObjectRecord } from '../../controller/object.ts';
import type { Controller } from '../product.ts';

/** Somebody who puts values into the secrets that manifests leave to people. */
export class Person {
  /** By name, each with a client of its account. */
  private readonly secrets: ReadonlyMap<string, SecretsManagerClient>;

  /** @param controller has the manifests already */
  constructor({ endpoint, objects }: Controller) {
    const leftToPeople = [...objects.all.values()].flatMap((record) => {
      const target = objects.environmentOf(record)?.aws;
      const names = externalSecretsOf(record);
      if (target === undefined || names.length === 0) return [];
      const client = clientOf(endpoint, target);
      return names.map((name) => [name, client] as const);
    });
    this.secrets = new Map(leftToPeople);
  }

  /** Puts values into those that are there and empty; tells how many these were. */
  async fillSecrets(): Promise<number> {
    const clients = new Set(this.secrets.values());
    const filled = await Promise.all([...clients].map((client) => this.fill(client)));
    return filled.reduce((sum, count) => sum + count, 0);
  }

  private async fill(client: SecretsManagerClient): Promise<number> {
    const { SecretList = [] } = await client.send(new ListSecretsCommand({ MaxResults: 100 }));
    const empty = SecretList.filter(
      ({ Name = '', SecretVersionsToStages = {} }) =>
        this.secrets.get(Name) === client && Object.keys(SecretVersionsToStages).length === 0,
    );
    for (const { ARN: SecretId } of empty)
      await client.send(new PutSecretValueCommand({ SecretId, SecretString: 'put by a person' }));
    return empty.length;
  }

  close(): void {
    for (const client of this.secrets.values()) client.destroy();
  }
}

function externalSecretsOf({ spec: { secrets } }: ObjectRecord): readonly string[] {
  if (!Array.isArray(secrets)) return [];
  return secrets.flatMap((one: unknown) =>
    isFields(one) && one['value'] === 'External' ? [String(one['name'])] : [],
  );
}

function clientOf(endpoint: string, { region, assumeRole }: AwsTarget): SecretsManagerClient {
  const own = { accessKeyId: 'test', secretAccessKey: 'test' };
  if (assumeRole === undefined) return new SecretsManagerClient({ endpoint, region, credentials: own });
  const { roleArn: RoleArn, externalId: ExternalId } = assumeRole;
  const credentials = fromTemporaryCredentials({
    masterCredentials: own,
    params: { RoleArn, RoleSessionName: 'a-person', ...(ExternalId === undefined ? {} : { ExternalId }) },
    clientConfig: { endpoint, region },
  });
  return new SecretsManagerClient({ endpoint, region, credentials });
}
