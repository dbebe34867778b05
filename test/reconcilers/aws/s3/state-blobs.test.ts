import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Conflict } from '../../../../controller/engine/errors.ts';
import { BlobStateStore } from '../../../../controller/state/blob-store.ts';
import { StateBlobs } from '../../../../reconcilers/aws/s3/state-blobs.ts';
import { environment, fintechctl, lake, Workspace } from '../../../command.ts';
import { sampleRecord } from '../../../controller/state/samples.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { FakeClock } from '../../../fake-clock.ts';

const bucket = 'state-of-all';

let emulator: Emulator;
let s3: S3Client;
let blobs: StateBlobs;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(async () => {
  await emulator.reset();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  s3 = new S3Client({ endpoint: emulator.endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  blobs = new StateBlobs(bucket, s3);
});

afterAll(async () => {
  s3.destroy();
  await emulator.stop();
});

function open(): BlobStateStore {
  return new BlobStateStore(blobs, 'fleet', new FakeClock(), () => undefined);
}

describe('A blob', () => {
  it('that is missing is undefined', async () => {
    expect(await blobs.get('fleet/none.json')).toBeUndefined();
    expect(await blobs.list('fleet/')).toEqual([]);
  });

  it('is made only where there is none', async () => {
    const etag = await blobs.put('fleet/a.json', 'one', null);
    expect(await blobs.get('fleet/a.json')).toEqual({ body: 'one', etag });
    await expect(blobs.put('fleet/a.json', 'two', null)).rejects.toBeInstanceOf(Conflict);
    expect(await blobs.get('fleet/a.json')).toEqual({ body: 'one', etag });
  });

  it('is written over only while it is the expected one', async () => {
    const first = await blobs.put('fleet/a.json', 'one', null);
    const second = await blobs.put('fleet/a.json', 'two', first);
    expect(second).not.toBe(first);
    const attempt = blobs.put('fleet/a.json', 'three', first);
    await expect(attempt).rejects.toBeInstanceOf(Conflict);
    await expect(attempt).rejects.toThrow(`s3://${bucket}/fleet/a.json was written by somebody else`);
    expect(await blobs.get('fleet/a.json')).toEqual({ body: 'two', etag: second });
  });

  it('that has gone is not written over', async () => {
    const etag = await blobs.put('fleet/a.json', 'one', null);
    await blobs.delete('fleet/a.json', etag);
    await expect(blobs.put('fleet/a.json', 'two', etag)).rejects.toBeInstanceOf(Conflict);
  });

  it('is deleted only while it is the expected one', async () => {
    const first = await blobs.put('fleet/a.json', 'one', null);
    const second = await blobs.put('fleet/a.json', 'two', first);
    await expect(blobs.delete('fleet/a.json', first)).rejects.toBeInstanceOf(Conflict);
    expect(await blobs.get('fleet/a.json')).toMatchObject({ body: 'two' });
    await blobs.delete('fleet/a.json', second);
    expect(await blobs.get('fleet/a.json')).toBeUndefined();
  });

  it('is listed by its prefix, however many there are', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `fleet/${name}.json`);
    for (const name of [...names, 'other/a.json']) await blobs.put(name, '{}', null);
    s3.middlewareStack.add((next) => (args) => next({ ...args, input: { ...args.input, MaxKeys: 2 } }), {
      step: 'initialize',
    });
    expect(await blobs.list('fleet/')).toEqual(names);
  });

  it('in a bucket that is not there is an error, and no conflict', async () => {
    const nowhere = new StateBlobs('not-there', s3);
    await expect(nowhere.list('')).rejects.toThrow(
      'the bucket not-there, which is to hold the state, does not exist',
    );
    const attempt = nowhere.put('a', '{}', null);
    await expect(attempt).rejects.toThrow('the bucket not-there, which is to hold the state, does not exist');
    await expect(attempt).rejects.not.toBeInstanceOf(Conflict);
    await expect(nowhere.get('a')).rejects.toThrow(
      'the bucket not-there, which is to hold the state, does not exist',
    );
  });
});

describe('Two daemons on one prefix', () => {
  it('are noticed by the one that comes second', async () => {
    const [one, other] = [open(), open()];
    await one.save(sampleRecord());
    expect(await other.load()).toEqual([sampleRecord()]);
    await other.save({ ...sampleRecord(), spec: { by: 'the other' } });
    await expect(one.save({ ...sampleRecord(), spec: { by: 'one' } })).rejects.toBeInstanceOf(Conflict);
    await expect(one.remove('FintechNetwork/production/core')).rejects.toBeInstanceOf(Conflict);
    expect(await open().load()).toMatchObject([{ spec: { by: 'the other' } }]);
  });
});

describe('once --state s3://BUCKET/PREFIX', () => {
  it('keeps its state there, and goes on with it', async () => {
    await using workspace = await Workspace.open();
    await workspace.write('environment.yaml', environment('shop'));
    await workspace.write('lake.yaml', lake('shop', 'lake'));
    const args = ['once', workspace.manifests, '--state', `s3://${bucket}/fleet`];
    const options = { endpoint: emulator.endpoint, cwd: workspace.manifests };
    expect(await fintechctl(args, options)).toMatchObject({ code: 0, err: '' });
    const names = ['fleet/DataLake/shop/lake.json', 'fleet/Environment/_/shop.json'];
    expect(await blobs.list('')).toEqual(names);
    const [before] = await open().load();
    expect(await fintechctl(args, options)).toMatchObject({ code: 0, err: '' });
    expect(await blobs.list('')).toEqual(names);
    expect((await open().load())[0]?.metadata).toEqual(before?.metadata);
  });

  it('says so in one line when the bucket is not there', async () => {
    await using workspace = await Workspace.open();
    const args = ['once', workspace.manifests, '--state', 's3://not-there/fleet'];
    const exit = await fintechctl(args, { endpoint: emulator.endpoint, cwd: workspace.manifests });
    expect(exit).toMatchObject({ code: 1, out: '' });
    expect(exit.err).toBe('the bucket not-there, which is to hold the state, does not exist\n');
  });
});
