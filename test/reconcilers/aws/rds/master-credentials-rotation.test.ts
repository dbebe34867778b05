import { ModifyDBClusterCommand, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { holderOf } from '../../../../reconcilers/aws/secretsmanager/staging-labels.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { Database } from './master-credentials-samples.ts';

const kinds = ['cluster', 'instance'] as const;
const resetting = { 'rds/password': { 'resetting-master-credentials': 'held' } } as const;

let emulator: Emulator;
let database: Database;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
afterEach(() => {
  vi.useRealTimers();
  database.connection.close();
});

async function prepare(kind: (typeof kinds)[number]): Promise<void> {
  database = await Database.prepare(emulator, kind);
  await database.converge();
}

/** The daemon's clock only: AWS's goes on as before. */
function later(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
}

async function inForce(): Promise<string | undefined> {
  return holderOf((await database.secret()).VersionIdsToStages, 'AWSCURRENT');
}

/** Until the database was told. */
async function tell(): Promise<readonly string[]> {
  return database.writesDuring(async () => {
    await database.rotate();
    expect(await database.changes()).toEqual([{ field: 'secretVersion', expected: true }]);
    expect(await database.pass()).toBe(false);
  });
}

describe.each(kinds)('the rotation of the master password of a database that is one %s', (kind) => {
  const modify = kind === 'cluster' ? 'ModifyDBCluster' : 'ModifyDBInstance';

  test('puts the new version in force when AWS has set it, and not before', async () => {
    await prepare(kind);
    const before = await database.value();
    const versionBefore = await inForce();
    await emulator.setLifecycles(resetting);
    expect(await tell()).toEqual(['PutSecretValue', modify, 'TagResource']);
    // However long it takes.
    later(60_000);
    for (let pass = 0; pass < 2; pass += 1) {
      expect(await database.pass()).toBe(false);
      expect(await database.value()).toEqual(before);
      expect(await database.passwordOfDatabase()).toBe(before['password']);
      expect(await database.changes()).toEqual([{ field: 'secretVersion', expected: true }]);
      expect(await database.version()).toBe(versionBefore);
    }
    await emulator.release('rds/password');
    const writes = await database.writesDuring(() => database.converge());
    expect(writes).toEqual(['UpdateSecretVersionStage', 'TagResource']);

    const after = await database.value();
    expect(after['password']).not.toBe(before['password']);
    expect({ ...after, password: before['password'] }).toEqual(before);
    expect(await database.passwordOfDatabase()).toBe(after['password']);
    const { VersionIdsToStages } = await database.secret();
    expect(holderOf(VersionIdsToStages, 'AWSPREVIOUS')).toBe(versionBefore);
    expect(await database.version()).toBe(await inForce());
    expect(await database.changes()).toEqual([]);
  });

  test('waits ten seconds where AWS was not seen to set it', async () => {
    await prepare(kind);
    await tell();
    const told = await database.value();
    expect(await database.pass()).toBe(false);
    later(9_000);
    expect(await database.pass()).toBe(false);
    expect(await database.value()).toEqual(told);
    later(1_001);
    await database.converge();
    expect(await database.passwordOfDatabase()).toBe((await database.value())['password']);
    expect(await database.value()).not.toEqual(told);
  });

  test('leaves no trace of a password in what is listed, thrown, tagged and called', async () => {
    await prepare(kind);
    const passwords = [(await database.value())['password']];
    await emulator.setLifecycles(resetting);
    await tell();
    await database.pass();
    await emulator.release('rds/password');
    await database.converge();
    passwords.push((await database.value())['password']);
    const shown = [...database.seen, database.connection.calls, await database.secret()];
    const text = `${JSON.stringify(shown)} ${inspect(shown, { depth: 12, showHidden: true })}`;
    expect(text).toContain(database.secretArn);
    expect(passwords.filter((password) => text.includes(String(password)))).toEqual([]);
  });

  test('that a second one overtakes ends with the last password', async () => {
    await prepare(kind);
    await emulator.setLifecycles(resetting);
    await tell();
    await emulator.release('rds/password');
    await database.pass();
    await database.put({ ...(await database.value()), password: 'Put-by-a-person' });
    await database.pass();
    later(11_000);
    await database.converge();
    expect(await database.passwordOfDatabase()).toBe((await database.value())['password']);
  });
});

describe('what waits for the maintenance window', () => {
  test('of a cluster is not brought forward by a new password: that waits for it', async () => {
    await prepare('cluster');
    await emulator.setLifecycles({ 'rds/cluster': { 'pending-maintenance': 'held' } });
    const upgrade = { DBClusterIdentifier: 'ledger', EngineVersion: '15.6' };
    await database.aws.rds.send(new ModifyDBClusterCommand(upgrade));
    expect(await tell()).toEqual(['PutSecretValue']);
    expect(database.seen.at(-1)).toMatchObject({
      message:
        'waits with the new password for the maintenance window, as it would bring forward: EngineVersion',
    });
    await emulator.release('rds/cluster');
    expect(await database.writesDuring(() => database.pass())).toContain('ModifyDBCluster');
  });

  test('of an instance is not brought forward either, as its password is set at once anyway', async () => {
    await prepare('instance');
    await emulator.setLifecycles({ 'rds/instance': { 'pending-maintenance': 'held' } });
    const upgrade = { DBInstanceIdentifier: 'ledger', EngineVersion: '15.6' };
    await database.aws.rds.send(new ModifyDBInstanceCommand(upgrade));
    const { DBInstance } = await database.aws.rds.send(
      new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'ledger' }),
    );
    expect(DBInstance?.PendingModifiedValues?.EngineVersion).toBe('15.6');
    expect(await tell()).toContain('ModifyDBInstance');
    later(11_000);
    await database.converge();
    expect(await database.passwordOfDatabase()).toBe((await database.value())['password']);
    const still = await database.aws.rds.send(
      new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'ledger' }),
    );
    expect(still.DBInstance?.PendingModifiedValues?.EngineVersion).toBe('15.6');
  });
});
