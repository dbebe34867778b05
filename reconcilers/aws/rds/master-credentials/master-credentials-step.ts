import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { rememberWrite } from '../../secretsmanager/recent-writes.ts';
import { describeSecret, type SecretDescription } from '../../secretsmanager/secret-description.ts';
import { changeSecretTags } from '../../secretsmanager/secret-tags.ts';
import { promote, type SecretValue } from '../../secretsmanager/secret-value.ts';
import { CURRENT, holderOf, pendingVersion, PREVIOUS } from '../../secretsmanager/staging-labels.ts';
import type { MasterCredentialsSpec } from './master-credentials-spec.ts';
import { describeDatabase } from './master-database.ts';
import { isAt, isOf, memoryIn, memoryTags, onlyMemory, type Memory } from './master-credentials-tag.ts';
import { hasTaken, tellPassword } from './master-password-setting.ts';
import { completed, hasPassword, newestVersion, readMasterSecret } from './master-secret-value.ts';

/**
 * One step towards a database and a secret that agree, and the version that they agree on. A password is told to the
 * database first and remembered as told then, so that after an end in between it is told again, not taken for set.
 * When AWS has set it, its version is put in force. From the moment at which AWS sets it, which is while the database is
 * `resetting-master-credentials`, until then, new connections with the version in force fail: seconds, and five more
 * at most until it is looked at again. With one user that cannot be avoided:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html
 */
export async function stepMasterCredentials(
  aws: Aws,
  spec: MasterCredentialsSpec,
  node: string,
): Promise<string> {
  const { secretArn, host, port } = spec;
  // A list may show what was before; the next one looks at it anew.
  rememberWrite(aws, secretArn);
  const secret = await describeSecret(aws, secretArn);
  if (secret === undefined || secret.isDeleted) throw new NotReady('waits for its secret');
  const version = await setVersion(aws, secret, spec, node);
  if (pendingVersion(secret.stages) !== undefined) await promote(aws, secretArn, version);
  await remember(aws, secret, { node, version, host, port, toldAt: undefined });
  return version;
}

/** The newest version, once the database has its password. */
async function setVersion(
  aws: Aws,
  secret: SecretDescription,
  spec: MasterCredentialsSpec,
  node: string,
): Promise<string> {
  const { secretArn, host, port } = spec;
  const memory = memoryIn(secret.tags);
  const newest = newestVersion(secret);
  if (memory?.toldAt !== undefined && memory.version === newest && isAt(memory, spec)) {
    if (await hasTaken(aws, spec, memory)) return newest;
    throw new NotReady(`waits until AWS has set the password of version ${newest}`);
  }
  const value = await readMasterSecret(aws, secret, newest, spec);
  const password = value.part('password');
  const present = await presentVersion(aws, secret, spec, value);
  const isSet =
    present !== undefined && (present === newest || (await hasPassword(aws, secretArn, present, password)));
  const version = await completed(aws, secret, value, spec);
  if (isSet) return version;
  await tellPassword(aws, spec, password);
  const toldAt = new Date(aws.clock.now()).toISOString();
  await remember(aws, secret, { node, version, host, port, toldAt });
  throw new NotReady(`sets the password of version ${version}`);
}

/**
 * The version whose password the database has; undefined if that is not certain. What is remembered of another database
 * says nothing of this one, which may have been left behind and taken back, with a password of then. A new database was
 * made with the version in force, unless that was changed since, when it has followed another one, or the secret is not
 * the one that it was made with.
 */
async function presentVersion(
  aws: Aws,
  secret: SecretDescription,
  spec: MasterCredentialsSpec,
  newest: SecretValue,
): Promise<string | undefined> {
  const { arn, stages, tags } = secret;
  const memory = memoryIn(tags);
  if (memory !== undefined)
    return memory.toldAt === undefined && isOf(memory, spec) ? memory.version : undefined;
  if (spec.writesFirstPassword || (await isFollower(aws, secret, spec))) return undefined;
  const [current, previous] = [holderOf(stages, CURRENT), holderOf(stages, PREVIOUS)];
  if (previous === undefined) return current;
  const isCopy =
    newest.versionId === current && (await hasPassword(aws, arn, previous, newest.part('password')));
  return isCopy ? current : undefined;
}

/** Whether the secret was made for a database that was there: it has another name now, or was deleted for good. */
async function isFollower(
  aws: Aws,
  { created: madeAt }: SecretDescription,
  spec: MasterCredentialsSpec,
): Promise<boolean> {
  const { created } = await describeDatabase(aws, spec);
  return created !== undefined && madeAt !== undefined && madeAt > created;
}

async function remember(aws: Aws, { arn, tags }: SecretDescription, memory: Memory): Promise<void> {
  await changeSecretTags(aws, arn, memoryTags(memory), onlyMemory(tags));
}
