import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { clientsFor } from './clients.ts';
import { conditions, DaemonProcess, environment, lake, soon, textOf, Workspace } from './command.ts';
import { TestRepository } from './controller/git/repository.ts';
import { startEmulator } from './emulator/start.ts';

function files(spec: object): Readonly<Record<string, string>> {
  return {
    'README.md': 'Not a manifest.',
    'deploy/shop/environment.yaml': textOf(environment('shop')),
    'deploy/shop/lake.yaml': textOf(lake('shop', 'lake', spec)),
    'elsewhere/lake.yaml': textOf(lake('elsewhere', 'lake')),
  };
}

function isAt(commit: string, days: number): object {
  return {
    spec: { noncurrentVersionExpirationDays: days },
    status: { observedCommit: commit, conditions: conditions('Ready', 'True') },
  };
}

it('A commit that is pushed is applied, and the object says which one it was', async () => {
  await using emulator = await startEmulator();
  await using workspace = await Workspace.open();
  const repository = new TestRepository();
  try {
    const first = repository.commit(files({ noncurrentVersionExpirationDays: 30 }));
    const source = ['--git', `file://${repository.url}`, '--branch', 'main', '--manifests', 'deploy'];
    const args = [...source, '--git-interval', '200ms', '--state', workspace.state];
    await using daemon = await DaemonProcess.start(args, { endpoint: emulator.endpoint });
    const theLake = (): Promise<unknown> => daemon.object('datalakes', 'shop', 'lake');
    await expect.poll(theLake, soon).toMatchObject(isAt(first, 30));

    const second = repository.commit(files({ noncurrentVersionExpirationDays: 31 }));
    await expect.poll(theLake, soon).toMatchObject(isAt(second, 31));
    expect(daemon.lines('aws call').at(-1)).toMatchObject({ generation: 2, commit: second });

    const { s3 } = clientsFor(emulator.endpoint);
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    s3.destroy();
    expect(Buckets.map(({ Name }) => Name)).toEqual(['shop-lake-data', 'shop-lake-logs']);
    expect(await daemon.stop()).toMatchObject({ code: 0, err: '' });
  } finally {
    repository.remove();
  }
});
