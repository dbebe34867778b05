import { describe, expect, test } from 'vitest';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { everySort } from './scenarios.ts';
import { Simulation } from './simulation.ts';

const key: FakeNode = { id: 'key', type: 'key', outlivesObject: true };
const spec: FakeObjectSpec = { nodes: [key, { id: 'role', type: 'role', peers: ['key'] }] };

async function existing(wanted = spec): Promise<Simulation> {
  const simulation = new Simulation(everySort);
  await simulation.converge(wanted);
  await simulation.clock.advance(60_000);
  return simulation;
}

const markOf = (simulation: Simulation) => simulation.cloud.find('key').tags?.['fintech.global/retained'];

describe('a resource that outlives its object', () => {
  test('is marked as retained when everything that needs it has gone, and the object is gone then', async () => {
    const simulation = await existing();
    const first = await simulation.pass(spec, { goal: 'delete' });
    expect(first.plan.steps.map(({ action, node }) => `${action} ${node}`)).toEqual([
      'retain key',
      'delete role',
    ]);
    expect(markOf(simulation)).toBeUndefined();
    await simulation.pass(spec, { goal: 'delete' });
    expect(markOf(simulation)).toBeDefined();
    expect((await simulation.pass(spec, { goal: 'delete' })).state).toBe('Gone');
    expect(simulation.cloud.resources.map(({ node, state }) => `${node} ${state}`)).toEqual(['key ready']);
  });

  test('is taken back by a new object of the same name, which knows nothing of the old one', async () => {
    const simulation = await existing();
    const { id } = simulation.cloud.find('key');
    await simulation.converge(spec, { goal: 'delete' });
    simulation.restart({ losing: 'state' });
    await simulation.converge(spec);
    expect(simulation.cloud.find('key').id).toBe(id);
    expect(markOf(simulation)).toBeUndefined();
    expect(simulation.cloud.duplicates).toEqual([]);
  });

  test('that somebody else deletes already is let go', async () => {
    const simulation = await existing();
    simulation.cloud.delete(simulation.cloud.find('key').id);
    await simulation.converge(spec, { goal: 'delete' });
    expect(simulation.cloud.resources.map(({ node, state }) => `${node} ${state}`)).toEqual(['key deleting']);
  });

  test('stays although it is protected, without holding up the others', async () => {
    const guarded: FakeObjectSpec = {
      nodes: [{ ...key, settings: { guarded: true } }, ...spec.nodes.slice(1)],
    };
    const simulation = await existing(guarded);
    await simulation.converge(guarded, { goal: 'delete' });
    expect(simulation.cloud.resources.map(({ node }) => node)).toEqual(['key']);
  });

  test('is left over like any other when it is another node that is wanted', async () => {
    const simulation = await existing();
    const { state, plan } = await simulation.pass({ nodes: [] }, { deletionPolicy: 'Delete' });
    expect(state).toBe('Refused');
    await simulation.converge({ nodes: [] }, { deletionPolicy: 'Delete', approval: plan.hash });
    expect(simulation.cloud.resources.map(({ state: ofKey }) => ofKey)).toEqual(['deleting']);
  });
});
