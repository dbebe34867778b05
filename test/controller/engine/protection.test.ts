import { describe, expect, test } from 'vitest';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';
import { Simulation } from './simulation.ts';

const types = [
  fakeType('vault', { holdsData: true }),
  fakeType('database', { holdsData: true }),
  fakeType('reader', { isUsed: true }),
];

const database = (settings: NonNullable<FakeNode['settings']>): FakeNode => ({
  id: 'data',
  type: 'database',
  settings,
});
const reader: FakeNode = { id: 'reader', type: 'reader', parent: 'data' };
const withReader = (settings: NonNullable<FakeNode['settings']>): FakeObjectSpec => ({
  nodes: [database(settings), reader],
});

async function existing(spec: FakeObjectSpec): Promise<Simulation> {
  const simulation = new Simulation(types);
  await simulation.converge(spec);
  await simulation.clock.advance(60_000);
  return simulation;
}

const blocked = {
  node: 'data',
  type: 'database',
  ready: false,
  message: 'database data is guarded',
  error: new Terminal('DeletionBlocked', 'is guarded'),
};

describe('as long as part of what is to go is protected', () => {
  test('nothing of an object goes, not even what would have gone before it', async () => {
    const simulation = await existing(withReader({ guarded: true }));
    const result = await simulation.pass(withReader({ guarded: true }), { goal: 'delete' });
    expect([result.state, result.writes, result.outcomes]).toEqual(['Failed', 0, [blocked]]);
    expect(simulation.cloud.resources).toHaveLength(2);
    expect(simulation.cloud.calls.filter(({ operation }) => operation === 'usersOf')).toEqual([]);
  });

  test('it goes after the protection was taken off by the spec, and not by what the deletion finds there', async () => {
    const simulation = await existing(withReader({ guarded: true }));
    // The manifest is gone, and with it what it last said.
    await simulation.pass(withReader({ guarded: false }), { goal: 'delete' });
    expect(simulation.cloud.find('data').spec.guarded).toBe(true);
    await simulation.converge(withReader({ guarded: false }));
    await simulation.converge(withReader({ guarded: false }), { goal: 'delete' });
    expect(simulation.cloud.resources).toEqual([]);
  });

  test('by what the spec said last, it stays when somebody else took the protection off', async () => {
    const simulation = await existing(withReader({ guarded: true }));
    const { id, spec } = simulation.cloud.find('data');
    simulation.cloud.change(id, { spec: { ...spec, guarded: false } });
    const result = await simulation.pass(withReader({ guarded: true }), { goal: 'delete' });
    expect([result.state, result.writes, result.outcomes]).toEqual(['Failed', 0, [blocked]]);
    expect(simulation.cloud.resources).toHaveLength(2);
  });

  test('nothing is done of a spec that it has left, with or without approval, so that there is a way back', async () => {
    const vault: FakeNode = { id: 'vault', type: 'vault' };
    const whole: FakeObjectSpec = { nodes: [vault, database({ guarded: true }), reader] };
    const simulation = await existing(whole);
    const other: FakeObjectSpec = { nodes: [vault, { id: 'successor', type: 'vault' }] };
    const policy = { deletionPolicy: 'Delete' } as const;
    const { plan, state } = await simulation.pass(other, policy);
    expect(state).toBe('Refused');
    const result = await simulation.pass(other, { ...policy, approval: plan.hash });
    expect([result.state, result.writes, result.outcomes]).toEqual(['Refused', 0, [blocked]]);
    expect(simulation.cloud.resources).toHaveLength(3);
    await simulation.converge({ nodes: [vault, database({ guarded: false }), reader] }, policy);
    const { plan: allowed } = await simulation.pass(other, policy);
    await simulation.converge(other, { ...policy, approval: allowed.hash });
    expect(simulation.cloud.resources.map(({ node }) => node).toSorted()).toEqual(['successor', 'vault']);
  });

  test('it is not replaced, and neither is what would go with it, whatever was approved', async () => {
    const simulation = await existing(withReader({ guarded: true, zone: 'a' }));
    const moved = withReader({ guarded: true, zone: 'b' });
    const { plan } = await simulation.pass(moved);
    const result = await simulation.pass(moved, { approval: plan.hash });
    expect([result.state, result.writes, result.outcomes]).toEqual(['Refused', 0, [blocked]]);
    await simulation.converge(withReader({ guarded: false, zone: 'a' }));
    await simulation.clock.advance(60_000);
    const free = withReader({ guarded: false, zone: 'b' });
    const { plan: allowed } = await simulation.pass(free);
    await simulation.converge(free, { approval: allowed.hash });
    expect(simulation.cloud.find('data').spec.zone).toBe('b');
  });

  test('it stays in the account all the same where it is retained', async () => {
    const simulation = await existing(withReader({ guarded: true }));
    await simulation.converge(withReader({ guarded: true }), { goal: 'retain' });
    expect(simulation.cloud.resources.map(({ tags }) => tags?.['fintech.global/retained'])).not.toContain(
      undefined,
    );
  });
});
