import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DaemonProcess, environment, fintechctl, lake, Workspace, type Exit } from './command.ts';
import { startEmulator, type Emulator } from './emulator/start.ts';

const nodes = ['kms/key key', 's3/bucket access-logs', 's3/bucket data'];

let emulator: Emulator;
let workspace: Workspace;

beforeAll(async () => {
  emulator = await startEmulator();
  workspace = await Workspace.open();
  await workspace.write('environment.yaml', environment('shop'));
  await workspace.write('lake.yaml', lake('shop', 'lake'));
});

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await emulator.stop();
});

/** Without a daemon, `endpoint` is all that a command needs. */
function onAws(...args: readonly string[]): Promise<Exit> {
  return fintechctl(args, { endpoint: emulator.endpoint });
}

describe('validate', () => {
  it('says that valid manifests are valid, without AWS', async () => {
    const exit = await fintechctl(['validate', workspace.manifests]);
    expect(exit).toEqual({ code: 0, out: '2 objects, all valid\n', err: '' });
  });

  it('names file, line and column of what is wrong, on standard error', async () => {
    await using broken = await Workspace.open();
    await broken.write('environment.yaml', environment('shop'));
    await broken.write('lake.yaml', lake('shop', 'lake', { versionin: true }));
    const [text, json] = await Promise.all([
      fintechctl(['validate', broken.manifests]),
      fintechctl(['validate', broken.manifests, '-o', 'json']),
    ]);
    expect(text).toMatchObject({ code: 1, out: '' });
    const line =
      /lake\.yaml:14:5: DataLake\/shop\/lake: spec\.versionin: unknown field; did you mean versioning\?/;
    expect(text.err).toMatch(line);
    expect(text.err).toContain(`${broken.manifests}/lake.yaml:14:5`);
    expect(text.err).toMatch(/\n1 problem\n$/);
    expect(json).toMatchObject({ code: 1, err: '' });
    expect(JSON.parse(json.out)).toMatchObject({
      objects: ['Environment/shop'],
      problems: [{ file: 'lake.yaml', line: 14, column: 5, field: 'spec.versionin' }],
    });
  });
});

describe('plan and once', () => {
  it('show everything before it exists, in three formats', async () => {
    const [text, json, markdown] = await Promise.all([
      onAws('plan', workspace.manifests),
      onAws('plan', workspace.manifests, '-o', 'json'),
      onAws('plan', workspace.manifests, '-o', 'markdown'),
    ]);
    for (const exit of [text, json, markdown]) expect(exit).toMatchObject({ code: 2, err: '' });
    for (const node of nodes) expect(text.out).toContain(`\n  + ${node}\n`);
    expect(text.out).toMatch(/\nPlan: 3 to create, 0 to change, 0 to replace, 0 to delete, 0 to retain\n$/);
    expect(text.out).not.toContain('\u001B');
    expect(JSON.parse(json.out)).toMatchObject([
      {
        object: 'DataLake/shop/lake',
        cause: 'change',
        steps: nodes.map((name) => ({
          action: 'create',
          type: name.split(' ')[0],
          node: name.split(' ')[1],
        })),
      },
    ]);
    expect(markdown.out).toMatch(/^### DataLake\/shop\/lake: 3 of 3 resources\n\n```diff\n\+ kms\/key key\n/);
    expect(markdown.out).toMatch(/```\n\n\*\*Plan: 3 to create, .*\*\*\n$/);
  });

  it('leave nothing to do when they agree, and write plain lines into a pipe', async () => {
    const once = await onAws('once', workspace.manifests, '--state', workspace.state);
    expect(once).toMatchObject({ code: 0, err: '' });
    const lines = once.out.trimEnd().split('\n');
    expect(
      lines.filter((line) => !/^ +\d+\.\ds {2}(Environment|DataLake)\/shop\S* +[A-Z]\w+ /.test(line)),
    ).toEqual([]);
    expect(lines.at(-1)).toMatch(/DataLake\/shop\/lake +Ready +3 resources are as the manifest says$/);
    const plan = await onAws('plan', workspace.manifests, '--state', workspace.state);
    expect(plan).toMatchObject({ code: 0, err: '' });
    expect(plan.out).toMatch(/^DataLake\/shop\/lake: nothing to do \(3 resources\)\n/);
  });

  it('fail with one line that a person understands when AWS cannot be reached', async () => {
    const exit = await fintechctl(['plan', workspace.manifests], { endpoint: 'http://127.0.0.1:1' });
    expect(exit.code).toBe(1);
    expect(exit.err).toMatch(/^DataLake\/shop\/lake: no plan: .*ECONNREFUSED 127\.0\.0\.1:1.*\n$/);
    expect(exit.err + exit.out).not.toMatch(/\n +at |node:|Error:/);
    expect(exit.out).toMatch(/; 1 object could not be planned\n$/);
  });

  it('converge what is good, and fail for the manifest that is not', async () => {
    await using mixed = await Workspace.open();
    await mixed.write('environment.yaml', environment('mixed'));
    await mixed.write('good.yaml', lake('mixed', 'good'));
    await mixed.write('bad.yaml', lake('mixed', 'bad', { bucketName: 'No' }));
    const exit = await onAws('once', mixed.manifests, '--state', mixed.state);
    expect(exit.code).toBe(1);
    expect(exit.err).toMatch(/bad\.yaml:\d+:\d+: DataLake\/mixed\/bad: spec\.bucketName: /);
    expect(exit.out).toMatch(/DataLake\/mixed\/good +Ready /);
  });

  it('fail and say why when an object needs a person, such as for the name of somebody else’s bucket', async () => {
    await makeBucketOfAnotherAccount('taken-lake-data');
    await using taken = await Workspace.open();
    await taken.write('environment.yaml', environment('taken'));
    await taken.write('lake.yaml', lake('taken', 'lake'));
    const exit = await onAws('once', taken.manifests, '--state', taken.state);
    expect(exit.code).toBe(1);
    expect(exit.err).toMatch(/^DataLake\/taken\/lake is not Ready: NotOwned: .*taken-lake-data.*\n$/);
  });
});

describe('reconcile', () => {
  it('says how to start a daemon where none answers', async () => {
    const server = 'http://127.0.0.1:1';
    const exit = await fintechctl(['reconcile', 'lake/lake', '-n', 'shop', '--server', server]);
    expect(exit).toMatchObject({ code: 1, out: '' });
    expect(exit.err).toBe(
      `no daemon answers at ${server}: start it with fintech-controller run, or name it with --server\n`,
    );
  });

  it('says which kinds there are where the kind is unknown', async () => {
    const exit = await fintechctl(['reconcile', 'DataLak/lake', '-n', 'shop']);
    expect(exit).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/DataLak\/lake .*datalakes/) });
  });
});

describe('A daemon', () => {
  it('keeps its state to itself: other commands say who has it', async () => {
    await using other = await Workspace.open();
    await other.write('environment.yaml', environment('other'));
    await using daemon = await DaemonProcess.on(other, { endpoint: emulator.endpoint });
    const commands = [
      onAws('once', other.manifests, '--state', other.state),
      onAws('plan', other.manifests, '--state', other.state),
    ];
    for (const exit of await Promise.all(commands)) {
      expect(exit).toMatchObject({ code: 1, out: '' });
      expect(exit.err).toMatch(
        new RegExp(`^the state is in use by process ${daemon.pid} .*${other.state}.*\n$`),
      );
    }
  });

  it('ends and says so when its address is taken', async () => {
    await using first = await Workspace.open();
    await using second = await Workspace.open();
    await using daemon = await DaemonProcess.on(first, { endpoint: emulator.endpoint });
    const { host } = new URL(daemon.url);
    const options = ['--manifests', second.manifests, '--state', second.state, '--listen', host];
    const exit = await onAws('run', ...options);
    expect(exit).toMatchObject({ code: 1, out: '' });
    expect(exit.err).toMatch(new RegExp(`^.*${host}.*\n$`));
  });
});

it('A command line that is refused ends the program with 1 and a hint', async () => {
  const exit = await fintechctl(['validat', 'x']);
  expect(exit).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Did you mean validate?') });
});

async function makeBucketOfAnotherAccount(Bucket: string): Promise<void> {
  const config = {
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const sts = new STSClient(config);
  const RoleArn = 'arn:aws:iam::999999999999:role/somebody';
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  const s3 = new S3Client({ ...config, credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const client of [sts, s3]) client.destroy();
}
