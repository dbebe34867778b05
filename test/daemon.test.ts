import {
  DeletePublicAccessBlockCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientsFor, type Clients } from './aws-state.ts';
import { conditions, DaemonProcess, environment, fintechctl, lake, Workspace } from './command.ts';
import { startFaultProxy, type FaultProxy } from './emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from './emulator/start.ts';

/** Long enough for two cores that do other things, too. */
const soon = { timeout: 10_000, interval: 100 };
const secret = 'Recognisable/Of+Nobody7';

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

function startOn(workspace: Workspace, env: Readonly<Record<string, string>> = {}): Promise<DaemonProcess> {
  return DaemonProcess.on(workspace, {
    endpoint: aws.endpoint,
    env: { AWS_SECRET_ACCESS_KEY: secret, ...env },
  });
}

const theLake = (daemon: DaemonProcess, name = 'lake', namespace = 'shop'): Promise<unknown> =>
  daemon.object('datalakes', namespace, name);

async function untilReady(daemon: DaemonProcess, name?: string, namespace?: string): Promise<void> {
  const isReady = { status: { conditions: conditions('Ready', 'True') } };
  await vi.waitFor(async () => expect(await theLake(daemon, name, namespace)).toMatchObject(isReady), soon);
}

function reconcileNow(daemon: DaemonProcess): ReturnType<typeof fintechctl> {
  return fintechctl(['reconcile', 'DataLake/lake', '-n', 'shop', '--server', daemon.url]);
}

/** Writes since then, in AWS's words. */
function writesSince(start: number): readonly string[] {
  return aws.calls.slice(start).flatMap(({ mutating, operation }) => (mutating ? operation : []));
}

async function suspendVersioning(Bucket: string): Promise<void> {
  const VersioningConfiguration = { Status: 'Suspended' } as const;
  await clients.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
}

async function bucketNames(): Promise<readonly string[]> {
  const { Buckets = [] } = await clients.s3.send(new ListBucketsCommand({}));
  return Buckets.map(({ Name = '' }) => Name).toSorted();
}

describe('A daemon, through its life,', () => {
  const collected: string[] = [];
  const alerts: unknown[] = [];
  let workspace: Workspace;
  let webhook: Server;
  let env: Readonly<Record<string, string>>;
  let daemon: DaemonProcess;

  beforeAll(async () => {
    workspace = await Workspace.open();
    await workspace.write('environment.yaml', environment('shop'));
    await workspace.write('lake.yaml', lake('shop', 'lake'));
    webhook = createServer((incoming, response) => {
      incoming.setEncoding('utf8').once('data', (text: string) => alerts.push(JSON.parse(text)));
      incoming.once('end', () => response.end());
    });
    await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
    const address = webhook.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    env = { FINTECH_ALERT_WEBHOOK: `http://127.0.0.1:${port}/` };
    daemon = await startOn(workspace, env);
  });

  afterAll(async () => {
    await daemon[Symbol.asyncDispose]();
    webhook.close();
    await workspace[Symbol.asyncDispose]();
  });

  it('makes what the manifests say, and tells by its API that it is ready', async () => {
    await untilReady(daemon);
    expect(await theLake(daemon)).toMatchObject({
      kind: 'DataLake',
      metadata: { name: 'lake', namespace: 'shop', generation: 1 },
      status: { observedGeneration: 1, bucketArn: 'arn:aws:s3:::shop-lake-data' },
    });
    expect(await bucketNames()).toEqual(['shop-lake-data', 'shop-lake-logs']);
  });

  it('answers for its health, and counts its reconciles and its calls to AWS', async () => {
    for (const path of ['/healthz', '/livez', '/readyz']) expect((await daemon.get(path)).status).toBe(200);
    const reconciles = 'controller_runtime_reconcile_total{controller="DataLake",result="success"}';
    expect(await daemon.metric(reconciles)).toBeGreaterThan(0);
    const text = await (await daemon.get('/metrics')).text();
    expect(text).toMatch(/^fintech_aws_calls_total\{service="s3",operation="CreateBucket",.*\} 2$/m);
    expect(await daemon.metric('fintech_manifest_problems')).toBe(0);
  });

  it('applies a field that is edited, within seconds', async () => {
    const before = aws.calls.length;
    const edited = lake('shop', 'lake', { noncurrentVersionExpirationDays: 17 });
    await workspace.write('lake.yaml', edited);
    await expect
      .poll(() => theLake(daemon), { timeout: 5_000, interval: 50 })
      .toMatchObject({
        status: { observedGeneration: 2, conditions: conditions('Ready', 'True', { observedGeneration: 2 }) },
      });
    expect(writesSince(before)).toEqual([
      'PutBucketLifecycleConfiguration',
      'PutBucketLifecycleConfiguration',
    ]);
  });

  it('keeps an object as it was while its manifest is broken, and says what is wrong with that', async () => {
    await workspace.write('lake.yaml', lake('shop', 'lake', { noncurrentVersionExpirationDays: 'many' }));
    await expect.poll(() => daemon.metric('fintech_manifest_problems'), soon).toBe(1);
    expect(daemon.lines('manifest problem')).toMatchObject([
      { problem: expect.stringMatching(/^lake\.yaml:\d+:\d+: DataLake\/shop\/lake: spec\.noncurrent/) },
    ]);
    expect(await theLake(daemon)).toMatchObject({
      spec: { noncurrentVersionExpirationDays: 17 },
      status: { conditions: conditions('Ready', 'True') },
    });
    await workspace.write('lake.yaml', lake('shop', 'lake', { noncurrentVersionExpirationDays: 17 }));
    await expect.poll(() => daemon.metric('fintech_manifest_problems'), soon).toBe(0);
  });

  it('names what somebody else changed in AWS, corrects it, counts it and sends an alert', async () => {
    await suspendVersioning('shop-lake-logs');
    expect(await reconcileNow(daemon)).toMatchObject({ code: 0, out: 'DataLake/lake is looked at now\n' });
    await expect.poll(() => daemon.lines('drift corrected'), soon).toHaveLength(1);
    const drift = {
      object: 'DataLake/shop/lake',
      node: 'access-logs',
      type: 's3/bucket',
      field: 'versioning',
    };
    const values = { from: 'Suspended', to: 'Enabled', severity: 'availability' };
    expect(daemon.lines('drift detected')).toMatchObject([
      { level: 'warn', ...drift, ...values, generation: 2 },
    ]);
    expect(daemon.lines('drift corrected')).toMatchObject([{ level: 'info', ...drift }]);
    const order = daemon.log
      .split('\n')
      .flatMap((line) => /drift \w+ed|Versioning(?=",)/.exec(line)?.[0] ?? []);
    expect(order.slice(-3)).toEqual(['drift detected', 'Versioning', 'drift corrected']);
    const labels = '{kind="DataLake",severity="availability"}';
    expect(await daemon.metric(`fintech_drift_total${labels}`)).toBe(1);
    expect(await daemon.metric(`fintech_drift_corrected_total${labels}`)).toBe(1);
    await expect
      .poll(() => alerts, soon)
      .toMatchObject([
        {
          reason: 'DriftDetected',
          severity: 'availability',
          objects: ['DataLake/shop/lake'],
          text: expect.stringContaining('s3/bucket access-logs: versioning is Suspended, should be Enabled'),
        },
      ]);
    await untilReady(daemon);
  });

  it('only tells of drift in mode Observe, until it may enforce again', async () => {
    const spec = { noncurrentVersionExpirationDays: 17 };
    await workspace.write('lake.yaml', lake('shop', 'lake', spec, { 'fintech.global/mode': 'Observe' }));
    await expect
      .poll(() => theLake(daemon), soon)
      .toMatchObject({
        metadata: { annotations: { 'fintech.global/mode': 'Observe' } },
      });
    await clients.s3.send(new DeletePublicAccessBlockCommand({ Bucket: 'shop-lake-data' }));
    const before = aws.calls.length;
    await reconcileNow(daemon);
    await expect
      .poll(() => theLake(daemon), soon)
      .toMatchObject({ status: { conditions: conditions('Drifted', 'True') } });
    expect(await theLake(daemon)).toMatchObject({
      status: { conditions: conditions('Ready', 'False', { reason: 'DriftDetected' }) },
    });
    expect(daemon.lines('drift detected').at(-1)).toMatchObject({ severity: 'security', to: true });
    expect(writesSince(before)).toEqual([]);
    await workspace.write('lake.yaml', lake('shop', 'lake', spec));
    await untilReady(daemon);
    expect(writesSince(before)).toEqual(['PutPublicAccessBlock']);
  });

  it('refuses to share its state with a second one', async () => {
    const { code, err, out } = await fintechctl(
      ['run', '--manifests', workspace.manifests, '--state', workspace.state, '--listen', '127.0.0.1:0'],
      { endpoint: aws.endpoint },
    );
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(String(daemon.pid));
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('stops at once on SIGTERM, and says so', async () => {
    await collect();
    const started = Date.now();
    const { code, err } = await daemon.stop();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(daemon.lines('stopped')).toHaveLength(1);
  });

  it('writes nothing after a restart with its state', async () => {
    const before = aws.calls.length;
    daemon = await startOn(workspace, env);
    await expect.poll(() => daemon.lines('object reconciled'), soon).toHaveLength(2);
    await untilReady(daemon);
    expect(aws.calls.length).toBeGreaterThan(before);
    expect(writesSince(before)).toEqual([]);
  });

  it('writes nothing after it was killed and has lost its state, because AWS is the state', async () => {
    await collect();
    await daemon.kill();
    await workspace.loseState();
    const before = aws.calls.length;
    daemon = await startOn(workspace, env);
    await untilReady(daemon);
    expect(writesSince(before)).toEqual([]);
  });

  it('never shows its secret key', async () => {
    await collect();
    expect(collected.join('\n')).toContain('shop-lake-data');
    expect(
      collected.filter((text) => text.includes(secret) || text.includes(JSON.stringify(secret))),
    ).toEqual([]);
    expect(JSON.stringify(alerts)).not.toContain(secret);
  });

  /** Everything that can be read of a daemon: its log, its state, its API, its metrics. */
  async function collect(): Promise<void> {
    const names = await readdir(workspace.state, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    for (const { parentPath, name } of files) collected.push(await readFile(join(parentPath, name), 'utf8'));
    const paths = ['datalakes', 'environments'].map((plural) => `/apis/fintech.global/v1alpha1/${plural}`);
    for (const path of [...paths, '/metrics']) collected.push(await (await daemon.get(path)).text());
    collected.push(daemon.log);
  }
});

describe('A daemon whose manifests disappear', () => {
  const names = ['one', 'two', 'three'];
  let workspace: Workspace;
  let daemon: DaemonProcess;

  beforeAll(async () => {
    workspace = await Workspace.open();
    const deletion = { policy: 'Delete', maxObjectsPerSync: 1 };
    await workspace.write('environment.yaml', environment('depot', { deletion }));
    await writeLakes(...names);
    daemon = await startOn(workspace);
    for (const name of names) await untilReady(daemon, name, 'depot');
  });

  afterAll(async () => {
    await daemon[Symbol.asyncDispose]();
    await workspace[Symbol.asyncDispose]();
  });

  it('deletes nothing when the directory is empty, and raises the alarm', async () => {
    const before = aws.calls.length;
    await workspace.remove('environment.yaml', ...names.map((name) => `${name}.yaml`));
    await expect.poll(() => daemon.metric('fintech_deletions_blocked'), soon).toBe(4);
    expect(daemon.lines('object is gone')).toEqual([]);
    expect(writesSince(before)).toEqual([]);
    for (const name of names)
      expect(await theLake(daemon, name, 'depot')).toMatchObject({
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
    expect(await theLake(daemon, 'two', 'depot')).toMatchObject({ kind: 'Status', code: 404 });
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
  await using daemon = await startOn(workspace, { FINTECH_ALERT_WEBHOOK: 'http://127.0.0.1:1/' });
  await untilReady(daemon, 'lake', 'quiet');
  await suspendVersioning('quiet-lake-logs');
  await fintechctl(['reconcile', 'DataLake/lake', '-n', 'quiet', '--server', daemon.url]);
  await expect.poll(() => daemon.lines('drift corrected'), soon).toHaveLength(1);
  const started = Date.now();
  expect(await daemon.stop()).toMatchObject({ code: 0 });
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(daemon.lines('alert was not delivered')).toHaveLength(1);
});
