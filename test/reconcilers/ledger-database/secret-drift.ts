import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { missing, type DriftRow } from '../drift-row.ts';

const SecretId = 'fintech/db-credentials';
const credentials = 'secretsmanager/secret credentials';
const master = 'rds/master-credentials master';
const memory = 'fintech.global/master-credentials';

/** The secret of the master user, and what it says of the database. */
export const secretDrift: readonly DriftRow[] = [
  {
    what: 'describes the secret otherwise',
    change: ({ secrets }) => secrets.send(new UpdateSecretCommand({ SecretId, Description: 'mine' })),
    says: [
      `${credentials}: description is mine, should be The master user of the database production/ledger (cosmetic)`,
    ],
  },
  {
    what: 'encrypts the secret with the key of AWS',
    change: ({ secrets }) =>
      secrets.send(new UpdateSecretCommand({ SecretId, KmsKeyId: 'alias/aws/secretsmanager' })),
    says: [`${credentials}: kmsKeyArn is absent, should be arn:aws:kms:* (security)`],
  },
  {
    what: 'ends the rotation of the password, and shortens the way back',
    change: async ({ secrets }) => {
      const TagKeys = ['fintech.global/rotate-after-days'];
      await secrets.send(new UntagResourceCommand({ SecretId, TagKeys }));
      const Tags = [{ Key: 'fintech.global/deletion-window-days', Value: '7' }];
      return secrets.send(new TagResourceCommand({ SecretId, Tags }));
    },
    says: [
      `${credentials}: rotateAfterDays is absent, should be 30 (security)`,
      `${credentials}: recoveryWindowDays is 7, should be 30 (availability)`,
    ],
  },
  {
    what: 'takes a tag from the secret',
    change: ({ secrets }) => secrets.send(new UntagResourceCommand({ SecretId, TagKeys: ['Owner'] })),
    says: [`${credentials}: tags.Owner is absent, should be team-platform@company.com (cost)`],
  },
  {
    what: 'deletes what the secret knows of the database',
    change: ({ secrets }) => secrets.send(new UntagResourceCommand({ SecretId, TagKeys: [memory] })),
    says: [`${master} ${missing} (security)`],
  },
  {
    what: 'has the secret know another database',
    change: async ({ secrets }) => {
      const { Tags = [] } = await secrets.send(new DescribeSecretCommand({ SecretId }));
      const known = Tags.find(({ Key }) => Key === memory)?.Value ?? '';
      const Value = known.replace(/ \S+:5432/, ' elsewhere.example.com:5433');
      return secrets.send(new TagResourceCommand({ SecretId, Tags: [{ Key: memory, Value }] }));
    },
    says: [
      `${master}: host is elsewhere.example.com, should be *.rds.amazonaws.com (availability)`,
      `${master}: port is 5433, should be 5432 (availability)`,
    ],
    batch: 1,
  },
  {
    what: 'deletes the secret',
    change: ({ secrets }) => secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 })),
    says: [
      `${credentials}: secretState is PendingDeletion, should be Active (availability)`,
      `${master} ${missing} (security)`,
    ],
    batch: 2,
  },
];
