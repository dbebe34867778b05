import {
  DeletePublicAccessBlockCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientsFor, type Clients } from './clients.ts';
import { conditions, DaemonProcess, environment, fintechctl, lake, soon, Workspace } from './command.ts';
import { startFaultProxy, type FaultProxy } from './emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from './emulator/start.ts';

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

const theLake = (daemon: DaemonProcess): Promise<unknown> => daemon.lake('shop', 'lake');

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
    await daemon.untilReady('shop', 'lake');
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
    await daemon.untilReady('shop', 'lake');
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
    await daemon.untilReady('shop', 'lake');
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
    await daemon.untilReady('shop', 'lake');
    expect(aws.calls.length).toBeGreaterThan(before);
    expect(writesSince(before)).toEqual([]);
  });

  it('writes nothing after it was killed and has lost its state, because AWS is the state', async () => {
    await collect();
    await daemon.kill();
    await workspace.loseState();
    const before = aws.calls.length;
    daemon = await startOn(workspace, env);
    await daemon.untilReady('shop', 'lake');
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
