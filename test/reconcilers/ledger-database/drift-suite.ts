import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeDrift } from '../../../controller/drift.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween, readAwsState } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { readDataState } from '../../data-state/state.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { mutating, type Controller, type Pass } from '../../product.ts';
import { unmatched } from '../data-lake/drift-rows.ts';
import type { DriftRow } from './drift-rows.ts';
import { controllerWithNetwork, ledger, ledgerKey } from './ledger.ts';

const nothing = { missing: [], unexpected: [] };

/** Has somebody else do each of these things to the database of the contract with another spec. */
export function testDrift(spec: JsonObject, rows: readonly DriftRow[]): void {
  const batches = [...Map.groupBy(rows, ({ batch = 0 }) => batch)].map(([batch, together]) => ({
    batch,
    together,
  }));
  let emulator: Emulator;
  let clients: Clients;
  let controller: Controller | undefined;
  let converged: unknown;
  /** Set while everything is as it was converged, so that a test need not begin from nothing. */
  let isUntouched = false;

  beforeAll(async () => {
    emulator = await startEmulator();
    clients = clientsFor(emulator.endpoint);
  });

  beforeEach(async () => {
    if (!isUntouched) {
      await emulator.reset();
      controller?.close();
      controller = await controllerWithNetwork(emulator.endpoint);
      await controller.apply(ledgerIn('Enforce'));
      await controller.converge(ledgerKey);
      converged = await readState(clients);
    }
    isUntouched = false;
  });

  afterAll(async () => {
    controller?.close();
    await emulator.stop();
  });

  const ledgerIn = (mode: 'Enforce' | 'Observe') =>
    ledger({ spec, annotations: { 'fintech.global/mode': mode } });
  const changesSince = async () => changesBetween(converged, await readState(clients));
  const product = (): Controller => {
    if (controller === undefined) throw new Error('there is no controller yet');
    return controller;
  };
  const eventsOf = (reason: string) =>
    product()
      .record(ledgerKey)
      .events.filter((event) => event.reason === reason)
      .map(({ message }) => message);

  describe('in Enforce', () => {
    test.each(rows)(
      'what somebody does who $what is told and corrected, and the account is as before',
      async ({ change, says, leaves = [], writes = 1 }) => {
        await change(clients);
        const passes = await product().converge(ledgerKey);
        const [first, ...others] = passes;
        if (first === undefined) throw new Error('there was a pass');

        expect(unmatched(says, told(first))).toEqual(nothing);
        expect(eventsOf('DriftDetected')).toEqual(expect.arrayContaining([...told(first)]));
        expect(others.flatMap(told)).toEqual([]);
        const corrected = others.flatMap(({ verdict }) => verdict.corrected.map(describeDrift));
        expect(unmatched(says, corrected)).toEqual(nothing);
        expect(eventsOf('DriftCorrected').at(-1)).toMatch(/^corrected /);
        expect(passes.filter(({ verdict }) => verdict.wrote)).toHaveLength(writes);
        expect(passes.at(-1)?.verdict.wrote).toBe(false);
        expect(product().conditions(ledgerKey)).toMatchObject({
          Ready: expect.stringMatching(/^True InSync: \d+ resources are as the manifest says$/),
          Drifted: 'False NoDrift: AWS is as it was left',
        });
        expect(unmatched(leaves, await changesSince())).toEqual(nothing);
        isUntouched = leaves.length === 0;
      },
    );
  });

  describe('in Observe', () => {
    test.each(batches)('batch $batch of all this is told, and not one call writes', async ({ together }) => {
      await product().apply(ledgerIn('Observe'));
      for (const { change } of together) await change(clients);
      const changed = await readState(clients);
      const pass = await product().pass(ledgerKey);

      const says = together.flatMap((row) => row.says);
      expect(unmatched(says, told(pass))).toEqual(nothing);
      expect(mutating(pass.calls)).toEqual([]);
      expect(changesBetween(changed, await readState(clients))).toEqual([]);
      expect(product().conditions(ledgerKey)).toMatchObject({
        Ready: expect.stringMatching(/^False DriftDetected: mode Observe: AWS is not as the manifest says/),
        Drifted: expect.stringMatching(/^True DriftDetected: /),
      });
      expect(told(await product().pass(ledgerKey))).toEqual([]);

      await product().apply(ledgerIn('Enforce'));
      await product().converge(ledgerKey);
      const leaves = together.flatMap((row) => row.leaves ?? []);
      expect(unmatched(leaves, await changesSince())).toEqual(nothing);
      isUntouched = leaves.length === 0;
    });
  });
}

function told({ verdict }: Pass): readonly string[] {
  return verdict.appeared.map(describeDrift);
}

async function readState(clients: Clients) {
  const [data, { keys, roles, others }] = await Promise.all([readDataState(clients), readAwsState(clients)]);
  return { ...data, keys, roles, others };
}
