import { ModifyDBClusterCommand, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { concealing } from '../../concealed.ts';
import { stateOf } from '../status.ts';
import type { MasterCredentialsSpec } from './master-credentials-spec.ts';
import type { Memory } from './master-credentials-tag.ts';
import { checkTakesPassword, describeDatabase, type MasterDatabase } from './master-database.ts';

/**
 * After a modification RDS shows for some seconds what was before, a database at rest; no page of
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/ says for how long.
 */
const LAG = 10_000;

/** Versions that AWS was seen to set. */
const seen = new WeakMap<Aws, Set<string>>();

/** Tells the database another password, which AWS sets within a minute or so; connections that are open stay. */
export async function tellPassword(aws: Aws, spec: MasterCredentialsSpec, password: string): Promise<void> {
  const database = await describeDatabase(aws, spec);
  checkTakesPassword(database);
  await concealing(password, modify(aws, spec, database, password));
}

/**
 * Applying the password immediately applies with it what waits for the maintenance window. That of an instance is
 * set at once whatever is asked, that of a cluster is not:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html
 */
async function modify(
  { rds }: Aws,
  { databaseKind, identifier }: MasterCredentialsSpec,
  { waitsForMaintenance }: MasterDatabase,
  MasterUserPassword: string,
): Promise<unknown> {
  const ApplyImmediately = waitsForMaintenance.length === 0;
  if (databaseKind === 'instance')
    return rds.send(
      new ModifyDBInstanceCommand({ DBInstanceIdentifier: identifier, MasterUserPassword, ApplyImmediately }),
    );
  if (!ApplyImmediately)
    throw new NotReady(
      `waits with the new password for the maintenance window, as it would bring forward: ${waitsForMaintenance.join(', ')}`,
    );
  return rds.send(
    new ModifyDBClusterCommand({ DBClusterIdentifier: identifier, MasterUserPassword, ApplyImmediately }),
  );
}

/**
 * Whether the database has the password that it was told. Until then MasterUserPassword is pending, and for a part of
 * that time the status is `resetting-master-credentials`.
 */
export async function hasTaken(
  aws: Aws,
  spec: MasterCredentialsSpec,
  { version, toldAt = '' }: Memory,
): Promise<boolean> {
  const { status, isPasswordPending } = await describeDatabase(aws, spec);
  const ofCloud = seen.get(aws) ?? new Set<string>();
  seen.set(aws, ofCloud);
  const isSetting = isPasswordPending || status === 'resetting-master-credentials';
  if (isSetting) ofCloud.add(version);
  if (isSetting || stateOf(status).state !== 'ready') return false;
  const since = Date.parse(toldAt);
  if (!ofCloud.has(version) && aws.clock.now() < since + LAG) return false;
  ofCloud.delete(version);
  return true;
}
