import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { holderOf } from '../../../../reconcilers/aws/secretsmanager/staging-labels.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { CachePasses } from './cache-passes.ts';
import { firstToken, secondToken } from './cache-samples.ts';

const type = 'elasticache/replication-group';

let emulator: Emulator;
let cache: CachePasses;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  cache = await CachePasses.prepare(emulator);
  return () => cache.connection.close();
});

describe('the auth token', () => {
  test('is introduced by ROTATE, put in force for clients, and made the only one by SET', async () => {
    await emulator.setLifecycles({ [type]: { modifying: 'held' } });
    await cache.create(cache.spec);
    const wanted = {
      ...cache.spec,
      authSecretVersion: cache.surroundings.versions[1],
      authTokenOverlapSeconds: 0,
    };
    const writes = await cache.writesDuring(() => cache.converge(wanted));
    expect(writes.filter((operation) => !operation.startsWith('AddTags'))).toEqual([
      'ModifyReplicationGroup',
      'UpdateSecretVersionStage',
      'ModifyReplicationGroup',
    ]);
    // With one token, there is nothing that SET could make the only one.
    await expect(cache.changeToken(secondToken, 'SET')).rejects.toMatchObject({ reason: 'InvalidSpec' });
    const secret = await cache.aws.secrets.send(
      new DescribeSecretCommand({ SecretId: cache.surroundings.secretArn }),
    );
    expect(secret.VersionIdsToStages?.[cache.surroundings.versions[1]]).toContain('AWSCURRENT');
  });

  test('is told to others when it is accepted and in force, and the one before until then', async () => {
    await emulator.setLifecycles({ [type]: { modifying: 'held' } });
    await cache.create(cache.spec);
    const [before, after] = cache.surroundings.versions;
    const wanted = { ...cache.spec, authSecretVersion: after, authTokenOverlapSeconds: 0 };
    const told: (string | undefined)[] = [];
    for (let isDone = false; !isDone;) {
      isDone = await cache.pass(wanted);
      const { authTokenVersion } = (await cache.current()).outputs;
      const { VersionIdsToStages } = await cache.aws.secrets.send(
        new DescribeSecretCommand({ SecretId: cache.surroundings.secretArn }),
      );
      expect(authTokenVersion).toBe(holderOf(VersionIdsToStages, 'AWSCURRENT'));
      if (authTokenVersion !== told.at(-1)) told.push(authTokenVersion);
      await emulator.release();
    }
    expect(told).toEqual([before, after]);
  });

  test('before is accepted until the overlap is over, and nothing differs meanwhile', async () => {
    await cache.create(cache.spec);
    const wanted = { ...cache.spec, authSecretVersion: cache.surroundings.versions[1] };
    await cache.converge(wanted);
    expect(await cache.changes(wanted)).toEqual([]);
    // Two tokens are there: SET takes the last one for the only one.
    await cache.changeToken(secondToken, 'SET');
  });

  test('is not rotated a second time when the call came to AWS and the process ended', async () => {
    await cache.create(cache.spec);
    const wanted = { ...cache.spec, authSecretVersion: cache.surroundings.versions[1] };
    await cache.pass(wanted);
    const restarted = cache.restarted();
    const writes = await restarted.writesDuring(() => restarted.converge(wanted));
    restarted.connection.close();
    expect(writes).not.toContain('ModifyReplicationGroup');
  });

  test('that was only announced, because the group was busy, is introduced by a later pass', async () => {
    await cache.create(cache.spec);
    // The tag itself leaves the group modifying, so that the change that it announces is refused.
    await emulator.setLifecycles({ [type]: { modifying: 'held' } });
    const wanted = { ...cache.spec, authSecretVersion: cache.surroundings.versions[1] };
    await cache.pass(wanted);
    expect(await cache.changes(wanted)).toMatchObject([
      { field: 'authSecretVersion', from: `${cache.surroundings.versions[1]}, being introduced` },
    ]);
    await emulator.release();
    await cache.converge(wanted);
    await emulator.release();
    await cache.changeToken(secondToken, 'SET');
  });

  test('is given to a group that had none, and is not taken away again', async () => {
    const without = { ...cache.spec, authSecretArn: undefined, authSecretVersion: undefined };
    await cache.create(without);
    expect((await cache.current()).outputs.authTokenVersion).toBeUndefined();
    await cache.converge(cache.spec);
    expect((await cache.current()).outputs.authTokenVersion).toBe(cache.surroundings.versions[0]);
    await cache.changeToken(firstToken, 'SET');
    await expect(cache.pass(without)).rejects.toMatchObject({ reason: 'InvalidSpec' });
  });

  test('leaves no trace in what is listed, in tags and in errors', async () => {
    await cache.create(cache.spec);
    await cache.converge({ ...cache.spec, authSecretVersion: cache.surroundings.versions[1] });
    const seen = `${JSON.stringify(await cache.current())} ${await cache.allTags()} ${JSON.stringify(cache.connection.calls)}`;
    for (const token of [firstToken, secondToken]) expect(seen).not.toContain(token);
    expect(await cache.allTags()).toContain(`${cache.surroundings.versions[1]} PROMOTED`);
  });
});
