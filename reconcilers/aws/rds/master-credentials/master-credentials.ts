import { UntagResourceCommand } from '@aws-sdk/client-secrets-manager';
import type { ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { ifThere } from '../../if-there.ts';
import { rememberWrite } from '../../secretsmanager/recent-writes.ts';
import { describeSecret } from '../../secretsmanager/secret-description.ts';
import { listMasterCredentials, type ObservedMasterCredentials } from './master-credentials-list.ts';
import type { MasterCredentialsOutputs, MasterCredentialsSpec } from './master-credentials-spec.ts';
import { stepMasterCredentials } from './master-credentials-step.ts';
import { isSuccession, MASTER_CREDENTIALS_TAG, memoryIn } from './master-credentials-tag.ts';

/**
 * That a secret says where the database is, and that the database has the password that the secret says. What is known
 * of it is one tag of the secret, so that a pass with nothing to do makes no call for it.
 */
export const MasterCredentials: ResourceType<MasterCredentialsSpec, MasterCredentialsOutputs, Aws> = {
  name: 'rds/master-credentials',
  fields: {
    secretArn: { severity: 'security', immutable: true },
    secretVersion: { severity: 'security', isExpected: isSuccession, togetherWith: 'identifier' },
    // Another database has another host, or the password that it was made with.
    databaseKind: { severity: 'availability', createOnly: true },
    identifier: { severity: 'availability', createOnly: true },
    host: { severity: 'availability' },
    port: { severity: 'availability' },
    writesFirstPassword: { severity: 'security', createOnly: true },
  },
  absence: 'security',
  holdsData: false,
  // A secret has one tag of this key.
  uniqueBy: 'name',
  nameField: 'secretArn',
  ownersPerList: 100,
  // As of the secrets whose tag it is.
  settleTime: 10_000,

  list: listMasterCredentials,

  async create(aws, spec, { node }) {
    const { secretArn } = spec;
    const versionId = await stepMasterCredentials(aws, spec, node);
    return { id: secretArn, outputs: { secretArn, versionId } };
  },

  async update(aws, { node }, spec) {
    await stepMasterCredentials(aws, spec, node);
  },

  delete: forget,
};

/** The secret goes on saying where the database is: whoever still reads it is not to be left without. */
async function forget(aws: Aws, { id, node }: ObservedMasterCredentials): Promise<void> {
  rememberWrite(aws, id);
  const secret = await describeSecret(aws, id);
  // Secrets that wait for their deletion cannot be tagged, and their tags go with them.
  if (secret === undefined || secret.isDeleted || !(MASTER_CREDENTIALS_TAG in secret.tags)) return;
  // Another node has taken its place.
  if ((memoryIn(secret.tags)?.node ?? node) !== node) return;
  await ifThere(
    aws.secrets.send(new UntagResourceCommand({ SecretId: id, TagKeys: [MASTER_CREDENTIALS_TAG] })),
  );
}
