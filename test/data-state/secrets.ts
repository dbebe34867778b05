import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
} from '@aws-sdk/client-secrets-manager';
import { isFields } from '../../controller/engine/resource-type.ts';
import type { Clients } from '../clients.ts';
import { byName, type DataState } from './resources.ts';

export async function secretsOf({ secrets }: Clients): Promise<DataState> {
  const { SecretList = [] } = await secrets.send(new ListSecretsCommand({ IncludePlannedDeletion: true }));
  const found = await Promise.all(
    SecretList.map(async ({ ARN: SecretId }) => {
      const description = await secrets.send(new DescribeSecretCommand({ SecretId }));
      const {
        Name,
        Description,
        KmsKeyId,
        RotationEnabled,
        Tags,
        DeletedDate,
        VersionIdsToStages = {},
      } = description;
      const stages = Object.values(VersionIdsToStages).map((labels) => labels.toSorted().join(' '));
      const isDeleted = DeletedDate !== undefined;
      const isReadable = !isDeleted && stages.length > 0;
      const holds = isReadable ? await contentOf(secrets, SecretId) : undefined;
      const KmsKey = KmsKeyId?.split('/').at(-1);
      const labels = stages.filter((label) => label !== '');
      return { Name, Description, KmsKey, RotationEnabled, Tags, isDeleted, labels, holds };
    }),
  );
  return { secrets: byName(found, ({ Name }) => Name) };
}

/** The parts that are no secret, and of the secret itself how long it is. */
async function contentOf(secrets: Clients['secrets'], SecretId: string | undefined): Promise<unknown> {
  const found = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const { SecretString, SecretBinary } = found;
  if (SecretString === undefined) return `<${SecretBinary?.length ?? 0} bytes>`;
  if (!SecretString.startsWith('{')) return `<${SecretString.length} characters>`;
  const parts: unknown = JSON.parse(SecretString);
  if (!isFields(parts)) return typeof parts;
  return { ...parts, password: `<${String(parts['password']).length} characters>` };
}
