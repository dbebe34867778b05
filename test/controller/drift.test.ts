import { describe, expect, it } from 'vitest';
import { describeDrift, DriftLedger, driftOf, shown, type Drift } from '../../controller/drift.ts';
import { Unknown } from '../../controller/engine/ref.ts';
import { fakeType } from '../fake-types.ts';
import { drift } from './drift-sample.ts';
import { Simulation } from './engine/simulation.ts';

const other: Drift = { ...drift, field: 'tags.Team', from: undefined, to: 'core', severity: 'cosmetic' };

describe('A difference as people read it', () => {
  it.each([
    [drift, 's3/bucket data: versioning is Suspended, should be Enabled (security)'],
    [other, 's3/bucket data: tags.Team is absent, should be core (cosmetic)'],
    [{ ...drift, ignored: true }, 's3/bucket data: versioning is Suspended, should be Enabled (ignored)'],
    [
      { ...drift, field: '', from: 'missing', to: 'there' },
      's3/bucket data is missing, should be there (security)',
    ],
  ])('is %o', (entry, text) => {
    expect(describeDrift(entry)).toBe(text);
  });

  it('shows values of every sort, and cuts long ones', () => {
    expect([undefined, null, true, 3, { a: [1] }].map(shown)).toEqual([
      'absent',
      'null',
      'true',
      '3',
      '{"a":[1]}',
    ]);
    expect(shown(new Unknown('s3/bucket logs.name'))).toContain('s3/bucket logs.name');
    expect(shown('x'.repeat(500))).toBe(`${'x'.repeat(160)}…`);
  });
});

describe('What takes a while to be deleted', () => {
  const gateway = fakeType('gateway', { deletionTime: 4_000 });

  it('is told while it goes and when it is gone, if it is wanted', async () => {
    const { simulation, spec, told } = await settled();
    simulation.cloud.change(simulation.cloud.find('gate').id, { phase: 'deleting' });
    expect(await told()).toEqual(['gateway gate is being deleted, should be there (availability)']);
    await simulation.clock.advance(4_000);
    expect(await told()).toEqual(['gateway gate is missing, should be there (availability)']);
    await simulation.converge(spec);
    expect(await told()).toEqual([]);
  });

  it('is no difference if it is not wanted', async () => {
    const { simulation, told } = await settled();
    const { spec, owner } = simulation.cloud.find('gate');
    const { id } = await gateway.create(simulation.process, spec, { owner, node: 'old', tags: {} });
    await simulation.clock.advance(20_000);
    expect(await told()).toEqual(['gateway old is there, should be gone (availability)']);
    simulation.cloud.change(id, { phase: 'deleting' });
    expect(await told()).toEqual([]);
  });

  async function settled() {
    const simulation = new Simulation([gateway]);
    const spec = { nodes: [{ id: 'gate', type: 'gateway' }] };
    await simulation.converge(spec);
    await simulation.clock.advance(20_000);
    const told = async () =>
      driftOf(await simulation.engine.plan(simulation.request(spec))).map(describeDrift);
    return { simulation, spec, told };
  }
});

describe('The ledger', () => {
  it('announces a difference once, again when it is another one, and its correction once', () => {
    const ledger = new DriftLedger();
    expect(ledger.update('a', [drift], false)).toEqual({ appeared: [drift], corrected: [] });
    expect(ledger.update('a', [drift], false)).toEqual({ appeared: [], corrected: [] });
    const worse = { ...drift, from: undefined };
    expect(ledger.appeared('a', [worse])).toEqual([worse]);
    expect(ledger.update('a', [worse], false)).toEqual({ appeared: [worse], corrected: [] });
    expect(ledger.update('a', [], true)).toEqual({ appeared: [], corrected: [worse] });
    expect(ledger.update('a', [], true)).toEqual({ appeared: [], corrected: [] });
  });

  it('tells of corrections only when all is as wanted, and then of all of them', () => {
    const ledger = new DriftLedger();
    ledger.update('a', [drift, other], false);
    expect(ledger.update('a', [other], false).corrected).toEqual([]);
    expect(ledger.update('a', [], false).corrected).toEqual([]);
    expect(ledger.update('a', [], true).corrected).toEqual([drift, other]);
  });

  it('keeps what is left to somebody else, although all is as wanted', () => {
    const ledger = new DriftLedger();
    const ignored = { ...drift, ignored: true };
    expect(ledger.update('a', [ignored], true).appeared).toEqual([ignored]);
    expect(ledger.update('a', [ignored], true)).toEqual({ appeared: [], corrected: [] });
  });

  it('keeps objects apart, and forgets those that are gone', () => {
    const ledger = new DriftLedger();
    ledger.update('a', [drift], false);
    expect(ledger.appeared('b', [drift])).toEqual([drift]);
    ledger.forget('a');
    expect(ledger.appeared('a', [drift])).toEqual([drift]);
  });
});
