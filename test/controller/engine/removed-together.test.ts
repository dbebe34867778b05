import { describe, expect, test } from 'vitest';
import type { FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType, type FakeType } from '../../fake-types.ts';
import { Simulation } from './simulation.ts';

/** Nodes of which each deletion was told that they go as well. */
let told: Map<string, readonly string[]>;

const ofCloud = fakeType('member');
const member: FakeType = {
  ...ofCloud,
  delete: (process, current, together = []) => {
    told.set(current.node, together.map(({ node }) => node).toSorted());
    return ofCloud.delete(process, current);
  },
};
const types = [fakeType('cluster', { holdsData: true }), member];

function cluster(members: number, zone = 'a'): FakeObjectSpec {
  const nodes = Array.from({ length: members }, (_, index) => {
    return { id: `member-${index}`, type: 'member', parent: 'cluster' };
  });
  return { nodes: [{ id: 'cluster', type: 'cluster', settings: { zone } }, ...nodes] };
}

async function existing(): Promise<Simulation> {
  told = new Map();
  const simulation = new Simulation(types);
  await simulation.converge(cluster(3));
  await simulation.clock.advance(60_000);
  return simulation;
}

describe('every deletion is told which others of its type are to go', () => {
  const both = ['member-1', 'member-2'];
  const all = ['member-0', ...both];

  test('where they leave the spec', async () => {
    const simulation = await existing();
    await simulation.converge(cluster(1));
    expect(Object.fromEntries(told)).toEqual({ 'member-1': both, 'member-2': both });
  });

  test('where the object goes', async () => {
    const simulation = await existing();
    await simulation.converge(cluster(3), { goal: 'delete' });
    expect(Object.fromEntries(told)).toEqual({ 'member-0': all, 'member-1': all, 'member-2': all });
  });

  test('where the object goes, and some of them before the others', async () => {
    const simulation = await existing();
    await simulation.converge(cluster(1), { goal: 'delete' });
    expect(told.get('member-1')).toEqual(all);
    expect(told.get('member-0')).toEqual(['member-0']);
  });

  test('where they are replaced with what they are in', async () => {
    const simulation = await existing();
    const { plan } = await simulation.pass(cluster(3, 'b'));
    await simulation.converge(cluster(3, 'b'), { approval: plan.hash });
    expect(Object.fromEntries(told)).toEqual({ 'member-0': all, 'member-1': all, 'member-2': all });
  });
});
