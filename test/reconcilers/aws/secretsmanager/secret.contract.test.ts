import {
  DescribeSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import type { SecretOutputs, SecretSpec } from '../../../../reconcilers/aws/secretsmanager/secret-spec.ts';
import { Secret } from '../../../../reconcilers/aws/secretsmanager/secret.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeKey } from '../logs/log-group-samples.ts';
import { sampleSecret } from './secret-samples.ts';

async function prepare(aws: Parameters<typeof makeKey>[0]): Promise<Fixture<SecretSpec, SecretOutputs>> {
  const { secrets } = aws;
  const [key, otherKey] = [await makeKey(aws), await makeKey(aws)];
  const setTag = (SecretId: string, Key: string, Value: string) =>
    secrets.send(new TagResourceCommand({ SecretId, Tags: [{ Key, Value }] }));
  return {
    spec: (number) => sampleSecret(`test/contract-${number}`),

    async removeTags({ id: SecretId }) {
      const { Tags = [] } = await secrets.send(new DescribeSecretCommand({ SecretId }));
      await secrets.send(new UntagResourceCommand({ SecretId, TagKeys: Tags.map(({ Key = '' }) => Key) }));
    },

    fields: {
      name: 'immutable',
      content: 'own tests',
      secretState: 'own tests',
      age: 'own tests',
      description: {
        another: '',
        changeFromOutside: ({ id }) =>
          secrets.send(new UpdateSecretCommand({ SecretId: id, Description: 'changed' })),
      },
      kmsKeyArn: {
        another: key,
        changeFromOutside: ({ id }) =>
          secrets.send(new UpdateSecretCommand({ SecretId: id, KmsKeyId: otherKey })),
      },
      recoveryWindowDays: {
        another: 7,
        changeFromOutside: ({ id }) => setTag(id, 'fintech.global/deletion-window-days', '8'),
      },
      rotateAfterDays: {
        another: 30,
        changeFromOutside: ({ id }) => setTag(id, 'fintech.global/rotate-after-days', '365'),
      },
      notOlderThan: {
        another: '2024-05-01T12:00:00+02:00',
        changeFromOutside: ({ id }) => setTag(id, 'fintech.global/not-older-than', '2023-01-01T00:00:00Z'),
      },
    },
  };
}

describeResourceType(Secret, prepare, ['secretState', 'age']);
