import { hash } from 'node:crypto';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { NotFound, Terminal } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { concealing } from '../../concealed.ts';
import { rememberWrite } from '../../secretsmanager/recent-writes.ts';
import type { SecretDescription } from '../../secretsmanager/secret-description.ts';
import { readSecret, type SecretValue } from '../../secretsmanager/secret-value.ts';
import { CURRENT, holderOf, PENDING, pendingVersion } from '../../secretsmanager/staging-labels.ts';
import type { MasterCredentialsSpec } from './master-credentials-spec.ts';

/** Printable ASCII but for `"`, `/`, `@` and space. */
const PASSWORDS = {
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html
  cluster: { pattern: /^[!#-.0-?A-~]{8,41}$/, length: '8 to 41' },
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
  instance: { pattern: /^[!#-.0-?A-~]{8,128}$/, length: '8 to 128' },
} as const;

/** The version that is to be in force: what a rotation made, or what is in force already. */
export function newestVersion({ arn, stages }: SecretDescription): string {
  const newest = pendingVersion(stages) ?? holderOf(stages, CURRENT);
  if (newest === undefined) throw new Terminal('InvalidSpec', `has a secret ${arn} without a value`);
  return newest;
}

export async function readMasterSecret(
  aws: Aws,
  { arn }: SecretDescription,
  version: string,
  { databaseKind }: MasterCredentialsSpec,
): Promise<SecretValue> {
  const value = await readSecret(aws, arn, version);
  const { pattern, length } = PASSWORDS[databaseKind];
  if (pattern.test(value.part('password'))) return value;
  throw new Terminal(
    'InvalidSpec',
    `takes passwords of ${length} printable ASCII characters without / " @ and spaces, ` +
      `which that in version ${version} of ${arn} is not`,
  );
}

/** The version that says where the database is, with all else that `value` says, in the place of that. */
export async function completed(
  aws: Aws,
  { arn, stages }: SecretDescription,
  value: SecretValue,
  { host, port }: MasterCredentialsSpec,
): Promise<string> {
  const parts = value.parts();
  if (parts['host'] === host && parts['port'] === port) return value.versionId;
  const SecretString = JSON.stringify({ ...parts, host, port });
  // The same for each attempt.
  const version = hash('sha256', `${arn} ${value.versionId} ${host}:${port}`).slice(0, 32);
  rememberWrite(aws, arn);
  const put = new PutSecretValueCommand({
    SecretId: arn,
    ClientRequestToken: version,
    SecretString,
    VersionStages: [pendingVersion(stages) === value.versionId ? PENDING : CURRENT],
  });
  await concealing(SecretString, concealing(value.part('password'), aws.secrets.send(put)));
  return version;
}

/** Whether two versions have the same password; not if one of them is gone, or has none. */
export async function hasPassword(
  aws: Aws,
  arn: string,
  version: string,
  password: string,
): Promise<boolean> {
  try {
    return (await readSecret(aws, arn, version)).part('password') === password;
  } catch (error) {
    if (error instanceof NotFound || error instanceof Terminal) return false;
    throw error;
  }
}
