import { describe, expect, test } from 'vitest';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';
import { Simulation, type Result } from './simulation.ts';

const types = [fakeType('role'), fakeType('deaf', { ignores: 'size' })];

const spec = (settings: NonNullable<FakeNode['settings']>, type = 'role'): FakeObjectSpec => ({
  nodes: [{ id: 'it', type, settings }],
});

const messagesOf = (result: Result): readonly string[] =>
  result.outcomes.flatMap(({ message }) => message ?? []);

async function updated(settings: NonNullable<FakeNode['settings']>): Promise<Simulation> {
  const simulation = new Simulation(types);
  await simulation.converge(spec({ size: 1 }));
  await simulation.clock.advance(60_000);
  simulation.cloud.staleness = () => 8_000;
  await simulation.pass(spec(settings));
  return simulation;
}

/** Passes that are far enough apart for every list to be fresh. */
async function passes(simulation: Simulation, wanted: FakeObjectSpec): Promise<Result> {
  let result = await simulation.pass(wanted);
  for (let pass = 0; pass < 8; pass += 1) {
    await simulation.clock.advance(20_000);
    result = await simulation.pass(wanted);
  }
  return result;
}

const updatesOf = ({ cloud }: Simulation): number =>
  cloud.calls.filter(({ operation }) => operation === 'update').length;

describe('an update', () => {
  test('is not repeated while lists may still show what was before', async () => {
    const simulation = await updated({ size: 2 });
    for (let second = 0; second < 8; second += 1) {
      const result = await simulation.pass(spec({ size: 2 }));
      expect([result.state, ...messagesOf(result)]).toEqual([
        'Progressing',
        'role it was just updated and does not show it yet',
      ]);
      await simulation.clock.advance(1_000);
    }
    expect((await simulation.pass(spec({ size: 2 }))).state).toBe('InSync');
    expect(updatesOf(simulation)).toBe(1);
  });

  test('of something else goes ahead meanwhile', async () => {
    const simulation = await updated({ size: 2 });
    await simulation.pass(spec({ size: 2, members: ['a'] }));
    expect(updatesOf(simulation)).toBe(2);
    expect(simulation.cloud.find('it').spec).toMatchObject({ size: 2, members: ['a'] });
  });

  test('is made at once when something else than the old value shows', async () => {
    const simulation = await updated({ size: 2 });
    const { id, spec: current } = simulation.cloud.find('it');
    simulation.cloud.change(id, { spec: { ...current, size: 7 } });
    simulation.cloud.staleness = () => 0;
    await simulation.converge(spec({ size: 2 }));
    expect([updatesOf(simulation), simulation.cloud.find('it').spec.size]).toEqual([2, 2]);
  });

  test('is made again when the old value is still there after the settle time', async () => {
    const simulation = await updated({ size: 2 });
    simulation.cloud.staleness = () => 0;
    const { id, spec: current } = simulation.cloud.find('it');
    simulation.cloud.change(id, { spec: { ...current, size: 1 } });
    await simulation.clock.advance(10_000);
    await simulation.pass(spec({ size: 2 }));
    expect(updatesOf(simulation)).toBe(2);
  });
});

describe('a field that the service accepts and does not keep', () => {
  test('is given up after three updates, until the spec changes', async () => {
    const simulation = new Simulation(types);
    const stalled = await passes(simulation, spec({ size: 1 }, 'deaf'));
    expect(stalled.state).toBe('Failed');
    expect(messagesOf(stalled)).toEqual([
      'deaf it still differs in size after 3 updates; it is not updated again before its spec changes',
    ]);
    const error = stalled.outcomes[0]?.error;
    expect(error).toBeInstanceOf(Terminal);
    expect(error).toMatchObject({ reason: 'NotConverging' });
    expect(updatesOf(simulation)).toBe(3);
    await simulation.pass(spec({ size: 2 }, 'deaf'));
    expect(updatesOf(simulation)).toBe(4);
  });

  test('does not keep other fields of the same resource from being corrected', async () => {
    const simulation = new Simulation(types);
    await passes(simulation, spec({ size: 1 }, 'deaf'));
    const { id, spec: current } = simulation.cloud.find('it');
    simulation.cloud.change(id, { spec: { ...current, members: ['intruder'] } });
    const result = await simulation.pass(spec({ size: 1 }, 'deaf'));
    expect([result.writes, messagesOf(result).length]).toEqual([1, 1]);
    expect(simulation.cloud.find('it').spec.members).toBeUndefined();
  });

  test('is tried again after the service has kept it once', async () => {
    const simulation = new Simulation(types);
    await passes(simulation, spec({ size: 1 }, 'deaf'));
    const { id, spec: current } = simulation.cloud.find('it');
    simulation.cloud.change(id, { spec: { ...current, size: 1 } });
    expect((await simulation.pass(spec({ size: 1 }, 'deaf'))).state).toBe('InSync');
    simulation.cloud.change(id, { spec: current });
    expect((await simulation.pass(spec({ size: 1 }, 'deaf'))).writes).toBe(1);
  });
});
