import { describe, expect, test } from 'vitest';
import { NotReady } from '../../../controller/engine/errors.ts';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';
import { Simulation } from './simulation.ts';

const types = [
  fakeType('network', { isUsed: true }),
  fakeType('subnet', { isUsed: true }),
  fakeType('gateway', { deletionTime: 5_000 }),
  fakeType('table', { holdsData: true }),
];

const net: FakeNode = { id: 'net', type: 'network' };
const left: readonly FakeNode[] = [
  { id: 'left', type: 'subnet', parent: 'net' },
  { id: 'left-gate', type: 'gateway', parent: 'left' },
];
const right: readonly FakeNode[] = [
  { id: 'right', type: 'subnet', parent: 'net' },
  { id: 'right-gate', type: 'gateway', parent: 'right' },
];
const spec: FakeObjectSpec = { nodes: [net, ...left, ...right] };

async function converged(wanted = spec): Promise<Simulation> {
  const simulation = new Simulation(types);
  await simulation.converge(wanted);
  await simulation.clock.advance(60_000);
  return simulation;
}

function run(simulation: Simulation, node: string, what: string): string {
  const { id } = simulation.cloud.find(node);
  simulation.cloud.users.set(id, what);
  return id;
}

const questions = ({ cloud }: Simulation) =>
  cloud.calls.filter(({ operation }) => operation === 'usersOf').length;

describe('as long as something else runs in part of what is to go', () => {
  test('nothing of an object goes, not even what nothing uses, and all that runs is named', async () => {
    const simulation = await converged();
    run(simulation, 'left', 'a task');
    const last = run(simulation, 'right', 'a database');
    const before = simulation.cloud.resources;
    const result = await simulation.pass(spec, { goal: 'delete' });
    expect([result.state, result.writes]).toEqual(['Progressing', 0]);
    expect(result.outcomes).toEqual([
      {
        node: 'left',
        type: 'subnet',
        ready: false,
        message: 'subnet left is still used by a task',
        error: expect.any(NotReady),
      },
      {
        node: 'right',
        type: 'subnet',
        ready: false,
        message: 'subnet right is still used by a database',
        error: expect.any(NotReady),
      },
    ]);
    simulation.cloud.users.delete(last);
    const second = await simulation.pass(spec, { goal: 'delete' });
    expect(second.outcomes.map(({ message }) => message)).toEqual(['subnet left is still used by a task']);
    expect(simulation.cloud.resources).toEqual(before);

    simulation.cloud.users.clear();
    await simulation.converge(spec, { goal: 'delete' });
    expect(simulation.cloud.resources).toEqual([]);
  });

  test('nothing that left the spec goes, while the rest is corrected', async () => {
    const simulation = await converged();
    run(simulation, 'left', 'a task');
    const { id, spec: settings } = simulation.cloud.find('right');
    simulation.cloud.change(id, { spec: { ...settings, size: 7 } });
    const smaller: FakeObjectSpec = { nodes: [net, ...right] };
    await simulation.pass(smaller);
    expect(simulation.cloud.find('right').spec.size).toBeUndefined();
    await simulation.clock.advance(10_000);
    const result = await simulation.pass(smaller);
    expect(result.outcomes.flatMap(({ message }) => message ?? [])).toEqual([
      'subnet left is still used by a task',
    ]);
    expect(simulation.cloud.resources).toHaveLength(5);

    simulation.cloud.users.clear();
    await simulation.converge(smaller);
    expect(simulation.cloud.resources.map(({ node }) => node)).toEqual(['net', 'right', 'right-gate']);
  });

  test('a deletion that has begun goes no further', async () => {
    const simulation = await converged();
    await simulation.pass(spec, { goal: 'delete' });
    run(simulation, 'left', 'a task');
    await simulation.clock.advance(10_000);
    const result = await simulation.pass(spec, { goal: 'delete' });
    expect([result.state, result.writes]).toEqual(['Progressing', 0]);
    expect(simulation.cloud.resources.map(({ node }) => node)).toEqual(['net', 'left', 'right']);
  });

  test('what only leaves the object, and goes on working, is marked as retained all the same', async () => {
    const simulation = await converged();
    run(simulation, 'left', 'a task');
    await simulation.converge(spec, { goal: 'retain' });
    expect(simulation.cloud.resources).toHaveLength(5);
    expect(questions(simulation)).toBe(0);
  });
});

test('what runs where nothing goes is not asked for', async () => {
  const simulation = await converged();
  run(simulation, 'left', 'a task');
  expect((await simulation.pass(spec)).state).toBe('InSync');
  const table: FakeNode = { id: 'table', type: 'table' };
  await simulation.converge({ nodes: [...spec.nodes, table] });
  // It stays in the account, and nothing else goes.
  await simulation.converge(spec);
  expect(questions(simulation)).toBe(0);
});

test('nothing goes before it is known what runs in it', async () => {
  const simulation = await converged();
  simulation.cloud.fault = ({ operation }) =>
    operation === 'usersOf' ? { when: 'before', what: new Error('connection reset') } : undefined;
  await expect(simulation.pass(spec, { goal: 'delete' })).rejects.toThrow('connection reset');
  expect(simulation.cloud.resources).toHaveLength(5);
});
