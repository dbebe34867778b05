import { PutImageCommand, type ECRClient } from '@aws-sdk/client-ecr';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { keepImages } from '../../../../reconcilers/aws/ecr/lifecycle-policy.ts';
import type { RepositorySpec } from '../../../../reconcilers/aws/ecr/repository-spec.ts';
import type { PolicyDocument } from '../../../../reconcilers/aws/policy-document.ts';

export function sampleRepository(name: string): RepositorySpec {
  return {
    name,
    scanOnPush: true,
    tagMutability: 'IMMUTABLE',
    encryption: { type: 'AES256' },
    lifecycle: keepImages(10, 7),
    policy: undefined,
    emptyOnDeletion: false,
  };
}

export function pullPolicy(...accounts: readonly string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: accounts },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      },
    ],
  };
}

export async function makeKey({ kms }: Aws): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  if (KeyMetadata?.Arn === undefined) throw new Error('KMS gave no ARN');
  return KeyMetadata.Arn;
}

export async function pushImage(ecr: ECRClient, repositoryName: string, imageTag: string): Promise<void> {
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, annotations: { imageTag } });
  await ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest }));
}
