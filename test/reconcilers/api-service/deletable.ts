import { DescribeImagesCommand, RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { Clients } from '../../clients.ts';
import { withPart } from './wanted.ts';

/** The service of the contract with a topic of its own, whose load balancer is protected as it is by default. */
export const guarded: JsonObject = { ...withPart('alarms', { notify: undefined }), deletionPolicy: 'Delete' };

/** The commit before the one that takes the manifest away. */
export const deletable: JsonObject = { ...guarded, ...withPart('ingress', { deletionProtection: false }) };

/** What no state shows: the values of the secrets of the service. */
export async function valuesOf({ secrets }: Clients): Promise<readonly unknown[]> {
  const names = ['fintech/api-keys', 'fintech/encryption-key'];
  const found = names.map((SecretId) => secrets.send(new GetSecretValueCommand({ SecretId })));
  return (await Promise.all(found)).map(({ SecretString, SecretBinary }) => SecretString ?? SecretBinary);
}

export const repositoryName = 'fintech-api';

/** Their tags; undefined where there is no repository. */
export async function imagesIn({ ecr }: Clients): Promise<readonly string[] | undefined> {
  try {
    const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName }));
    return imageDetails.flatMap(({ imageTags = [] }) => imageTags).toSorted();
  } catch (error) {
    if (error instanceof RepositoryNotFoundException) return undefined;
    throw error;
  }
}
