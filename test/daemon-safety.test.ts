import { ListBucketsCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientsFor, type Clients } from './clients.ts';
import { conditions, DaemonProcess, environment, fintechctl, lake, soon, Workspace } from './command.ts';
import { startFaultProxy, type FaultProxy } from './emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from './emulator/start.ts';

let emulator: Emulator;
let clients: Clients;
/** In front of the emulator, so that no call that writes can hide. */
let aws: FaultProxy;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
  aws = await startFaultProxy(emulator.endpoint);
});

afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await aws.stop();
  await emulator.stop();
});

/** Writes since then, in AWS's words. */
function writesSince(start: number): readonly string[] {
  return aws.calls.slice(start).flatMap(({ mutating, operation }) => (mutating ? operation : []));
}

async function bucketNames(): Promise<readonly string[]> {
  const { Buckets = [] } = await clients.s3.send(new ListBucketsCommand({}));
  return Buckets.map(({ Name = '' }) => Name).toSorted();
}

describe('A daemon whose manifests disappear', () => {
  const names = ['one', 'two', 'three'];
  let workspace: Workspace;
  let daemon: DaemonProcess;

  beforeAll(async () => {
    workspace = await Workspace.open();
    const deletion = { policy: 'Delete', maxObjectsPerSync: 1 };
    await workspace.write('environment.yaml', environment('depot', { deletion }));
    await writeLakes(...names);
    daemon = await DaemonProcess.on(workspace, { endpoint: aws.endpoint });
    for (const name of names) await daemon.untilReady('depot', name);
  });

  afterAll(async () => {
    await daemon[Symbol.asyncDispose]();
    await workspace[Symbol.asyncDispose]();
  });

  it('deletes nothing when the directory is empty, and raises the alarm', async () => {
    const before = aws.calls.length;
    await workspace.remove('environment.yaml', ...names.map((name) => `${name}.yaml`));
    await expect.poll(() => daemon.metric('fintech_deletions_blocked'), soon).toBe(3);
    expect(daemon.lines('object is gone')).toEqual([]);
    expect(writesSince(before)).toEqual([]);
    for (const name of names)
      expect(await daemon.lake('depot', name)).toMatchObject({
        status: { conditions: conditions('Ready', 'True') },
      });
  });

  it('deletes nothing when more objects are missing than are allowed at once', async () => {
    const before = aws.calls.length;
    const deletion = { policy: 'Delete', maxObjectsPerSync: 1 };
    await workspace.write('environment.yaml', environment('depot', { deletion }));
    await writeLakes('one');
    const alarm = expect.stringContaining('2 objects of depot disappeared at once');
    const lastAlarm = (): string =>
      daemon.log.split('\n').findLast((line) => line.includes('"DeletionBlocked"')) ?? '';
    await expect.poll(lastAlarm, soon).toEqual(alarm);
    expect(await daemon.metric('fintech_deletions_blocked')).toBe(2);
    expect(await daemon.metric('fintech_alerts_total{reason="DeletionBlocked"}')).toBeGreaterThanOrEqual(2);
    expect(writesSince(before)).toEqual([]);
    await writeLakes(...names);
    await expect.poll(() => daemon.metric('fintech_deletions_blocked'), soon).toBe(0);
  });

  it('deletes in AWS what a single object had, where its Environment says so', async () => {
    expect(await bucketNames()).toEqual(expect.arrayContaining(['depot-two-data', 'depot-two-logs']));
    await workspace.remove('two.yaml');
    await expect
      .poll(() => daemon.lines('object is gone'), soon)
      .toMatchObject([{ object: 'DataLake/depot/two' }]);
    const left = (await bucketNames()).filter((name) => name.startsWith('depot-'));
    expect(left).toEqual(['depot-one-data', 'depot-one-logs', 'depot-three-data', 'depot-three-logs']);
    expect(await daemon.lake('depot', 'two')).toMatchObject({ kind: 'Status', code: 404 });
  });

  async function writeLakes(...lakes: readonly string[]): Promise<void> {
    for (const name of lakes)
      await workspace.write(`${name}.yaml`, lake('depot', name, { emptyOnDeletion: true }));
  }
});

it('A daemon stops at once, also while nobody takes its alerts', async () => {
  await using workspace = await Workspace.open();
  await workspace.write('environment.yaml', environment('quiet'));
  await workspace.write('lake.yaml', lake('quiet', 'lake'));
  await using daemon = await DaemonProcess.on(workspace, {
    endpoint: aws.endpoint,
    env: { FINTECH_ALERT_WEBHOOK: 'http://127.0.0.1:1/' },
  });
  await daemon.untilReady('quiet', 'lake');
  const VersioningConfiguration = { Status: 'Suspended' } as const;
  await clients.s3.send(
    new PutBucketVersioningCommand({ Bucket: 'quiet-lake-logs', VersioningConfiguration }),
  );
  await fintechctl(['reconcile', 'DataLake/lake', '-n', 'quiet', '--server', daemon.url]);
  await expect.poll(() => daemon.lines('drift corrected'), soon).toHaveLength(1);
  const started = Date.now();
  expect(await daemon.stop()).toMatchObject({ code: 0 });
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(daemon.lines('alert was not delivered')).toHaveLength(1);
});
