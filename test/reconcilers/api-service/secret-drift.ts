import {
  DeleteSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import type { DriftRow } from '../drift-row.ts';

const external = { SecretId: 'fintech/api-keys' } as const;
const generated = { SecretId: 'fintech/encryption-key' } as const;
const keys = 'secretsmanager/secret secret-fintech/api-keys';
const bytes = 'secretsmanager/secret secret-fintech/encryption-key';

/** The secrets of the service: one that a person fills, and one that was generated. */
export const secretDrift: readonly DriftRow[] = [
  {
    what: 'encrypts a secret with the key of AWS',
    change: ({ secrets }) =>
      secrets.send(new UpdateSecretCommand({ ...generated, KmsKeyId: 'alias/aws/secretsmanager' })),
    says: [`${bytes}: kmsKeyArn is absent, should be arn:aws:kms:* (security)`],
  },
  {
    what: 'describes a secret otherwise',
    change: ({ secrets }) => secrets.send(new UpdateSecretCommand({ ...external, Description: 'mine' })),
    says: [`${keys}: description is mine, should be Of the service production/fintech-api (cosmetic)`],
  },
  {
    what: 'takes a tag from a secret, and shortens the way back',
    change: async ({ secrets }) => {
      await secrets.send(new UntagResourceCommand({ ...external, TagKeys: ['Environment'] }));
      const Tags = [{ Key: 'fintech.global/deletion-window-days', Value: '7' }];
      return secrets.send(new TagResourceCommand({ ...external, Tags }));
    },
    says: [
      `${keys}: tags.Environment is absent, should be Production (cost)`,
      `${keys}: recoveryWindowDays is 7, should be 30 (availability)`,
    ],
  },
  {
    what: 'deletes the secret that a person filled',
    change: ({ secrets }) => secrets.send(new DeleteSecretCommand({ ...external, RecoveryWindowInDays: 7 })),
    says: [`${keys}: secretState is PendingDeletion, should be Active (availability)`],
    batch: 1,
  },
  {
    what: 'deletes the secret that was generated',
    change: ({ secrets }) => secrets.send(new DeleteSecretCommand({ ...generated, RecoveryWindowInDays: 7 })),
    says: [`${bytes}: secretState is PendingDeletion, should be Active (availability)`],
    batch: 1,
  },
];
