import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { describeClusters, describeInstances } from '../descriptions.ts';
import { isRunning, stateOf } from '../status.ts';
import type { MasterCredentialsSpec } from './master-credentials-spec.ts';

/** The database of a master user, as far as its password goes. */
export type MasterDatabase = {
  /** undefined while it is being made. */
  readonly created: Date | undefined;
  readonly status: string | undefined;
  readonly isPasswordPending: boolean;
  /** Other changes, in AWS's words. */
  readonly waitsForMaintenance: readonly string[];
};

/** Throws NotReady if it is not there. */
export async function describeDatabase(
  aws: Aws,
  { databaseKind, identifier }: MasterCredentialsSpec,
): Promise<MasterDatabase> {
  const found =
    databaseKind === 'cluster' ? await clusterOf(aws, identifier) : await instanceOf(aws, identifier);
  if (found === undefined) throw new NotReady(`waits for the ${databaseKind} ${identifier}`);
  const { MasterUserPassword, ...others } = found.pending;
  const waitsForMaintenance = Object.entries(others).filter(([, value]) => value !== undefined);
  return {
    created: found.created,
    status: found.status,
    isPasswordPending: MasterUserPassword !== undefined,
    waitsForMaintenance: waitsForMaintenance.map(([name]) => name),
  };
}

async function clusterOf(aws: Aws, identifier: string) {
  const all = await describeClusters(aws);
  const found = all.find(({ DBClusterIdentifier }) => DBClusterIdentifier === identifier);
  if (found === undefined) return undefined;
  const { ClusterCreateTime: created, Status: status, PendingModifiedValues: pending = {} } = found;
  return { created, status, pending };
}

async function instanceOf(aws: Aws, identifier: string) {
  const all = await describeInstances(aws);
  const found = all.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === identifier);
  if (found === undefined) return undefined;
  const {
    InstanceCreateTime: created,
    DBInstanceStatus: status,
    PendingModifiedValues: pending = {},
  } = found;
  return { created, status, pending };
}

/** Throws NotReady, and says why, where AWS would refuse a password. */
export function checkTakesPassword({ status = 'creating' }: MasterDatabase): void {
  if (!isRunning(status))
    throw new NotReady(`waits with the new password: the database is ${status}, and takes one while it runs`);
  if (stateOf(status).state !== 'ready')
    throw new NotReady(`waits with the new password: the database is ${status}`);
}
