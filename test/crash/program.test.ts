import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ManifestSet } from '../../controller/manifests/manifest.ts';
import { Controller } from '../product.ts';
import { dataBucket, lakeKey, production } from '../reconcilers/data-lake/lake.ts';
import { readAccount, type Account } from './account.ts';
import { callNamed, Fault, modes } from './fault.ts';
import { deletableLake } from './lake.ts';
import { removeLake, writeDeletableLake, writeProduction } from './manifests.ts';
import { ProgramLane } from './program-lane.ts';
import { endsAs } from './sweep.ts';

// What only the real program proves: a process that SIGKILL ends in the middle leaves a state on its disk from which
// the next one goes on. The sweeps of this folder kill the controller in their own process, at far more calls.

const patience = { timeout: 120_000 };

/** @param indexOfTagsLate seconds: as on AWS, where it shows only after a restart what was made before it */
async function begin(indexOfTagsLate: number): Promise<void> {
  await lane.reset();
  await writeProduction(lane.manifests);
  await lane.emulator.setStaleness({ tagging: indexOfTagsLate });
}

/** Makes it without the program, in less time. */
async function converge(manifests: ManifestSet): Promise<void> {
  const controller = new Controller(lane.emulator.endpoint);
  await controller.apply(manifests);
  await controller.converge(lakeKey);
  controller.close();
}

let lane: ProgramLane;

beforeAll(async () => {
  lane = await ProgramLane.open();
});

afterAll(() => lane[Symbol.asyncDispose]());

describe('the creation of a data lake by the program', patience, () => {
  let wanted: Account;

  beforeAll(async () => {
    await lane.reset();
    await converge(production());
    wanted = await readAccount(lane);
  }, 60_000);

  // The one takes neither name nor token, the other makes what has a name.
  test.each([
    ...modes.map((mode) => ({ mode, operation: 'CreateKey' })),
    ...modes.map((mode) => ({ mode, operation: 'CreateBucket' })),
  ])('ends in the same state: $mode at $operation', async ({ mode, operation }) => {
    await begin(3);
    const lookAgain = mode === 'killed-after';
    expect(await endsAs(wanted, lane, new Fault(mode, callNamed(operation)), lookAgain)).toEqual([]);
  });

  test('ends in the same state: killed-after at CreateKey, and what was on its disk is lost', async () => {
    await begin(6);
    const fault = new Fault('killed-after', callNamed('CreateKey'));
    expect(await endsAs(wanted, lane, fault, true, () => lane.loseState())).toEqual([]);
  });
});

test(
  'a program that is killed in the middle of a deletion goes on with it when it starts again',
  patience,
  async () => {
    await lane.reset();
    await writeDeletableLake(lane.manifests);
    // Found rather than just created: the absence of what was created a moment ago is waited out.
    await converge(deletableLake);
    await lane.clients.s3.send(
      new PutObjectCommand({ Bucket: dataBucket, Key: 'elsewhere.csv', Body: 'data' }),
    );
    await lane.converge();
    await removeLake(lane.manifests);

    expect(await lane.run(new Fault('killed-after', callNamed('DeleteBucket')))).toMatchObject({
      code: undefined,
    });
    const { writes } = await lane.converge();
    expect(writes.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['DeleteRole', 'DeleteBucket', 'ScheduleKeyDeletion']),
    );
    const { buckets, roles, keys } = await readAccount(lane);
    expect({ buckets, roles }).toEqual({ buckets: {}, roles: {} });
    expect(keys).toEqual({ 'production-lake-key': expect.objectContaining({ state: 'PendingDeletion' }) });
    expect((await lane.converge()).writes).toEqual([]);
  },
);
