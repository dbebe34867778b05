import { describe, expect, test } from 'vitest';
import { AccessDenied, Terminal } from '../../../controller/engine/errors.ts';
import type { FakeCall } from '../../fake-cloud.ts';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';
import { everySort, stateOf, whole } from './scenarios.ts';
import { Simulation } from './simulation.ts';

const deletionsOf = (calls: readonly FakeCall[]): readonly string[] =>
  calls.filter(({ operation }) => operation === 'delete').map(({ node }) => node);

const without = (...gone: readonly string[]): FakeObjectSpec => ({
  nodes: whole.nodes.filter(({ id }) => !gone.includes(id)),
});

const leftIn = (zone: string, ...more: readonly FakeNode[]): FakeObjectSpec => ({
  nodes: [{ id: 'left', type: 'subnet', settings: { zone } }, ...more],
});

const keyIn = (zone: string): FakeObjectSpec => ({
  nodes: [{ id: 'key', type: 'key', settings: { zone } }],
});

async function existing(spec: FakeObjectSpec = whole): Promise<Simulation> {
  const simulation = new Simulation(everySort);
  await simulation.converge(spec);
  await simulation.clock.advance(60_000);
  return simulation;
}

describe('an object that is deleted', () => {
  test('goes in the reverse order of its graph, and nothing goes before what refers to it', async () => {
    const simulation = await existing();
    await simulation.converge(whole, { goal: 'delete' });
    const order = deletionsOf(simulation.cloud.calls);
    expect(order).toHaveLength(whole.nodes.length);
    for (const { id, parent, peers = [] } of whole.nodes) {
      for (const needed of [...peers, ...(parent === undefined ? [] : [parent])])
        expect(order.indexOf(needed), `${needed} after ${id}`).toBeGreaterThan(order.indexOf(id));
    }
    expect(simulation.cloud.dangling).toEqual([]);
    expect(stateOf(simulation.cloud)).toEqual([]);
  });

  test('is not gone while something is still being deleted, except what can be brought back', async () => {
    const simulation = await existing({
      nodes: whole.nodes.filter(({ type }) => type === 'network' || type === 'key'),
    });
    const first = await simulation.pass(whole, { goal: 'delete' });
    expect([first.state, first.writes]).toEqual(['Progressing', 2]);
    const second = await simulation.pass(whole, { goal: 'delete' });
    expect(second.outcomes.map(({ message }) => message)).toEqual(['network net is being deleted']);
    await simulation.clock.advance(5_000);
    expect((await simulation.pass(whole, { goal: 'delete' })).state).toBe('Gone');
    expect(simulation.cloud.resources.map(({ node, state }) => `${node} ${state}`)).toEqual(['key deleting']);
  });

  test('is not gone while something that was just created may still become visible', async () => {
    const simulation = new Simulation(everySort);
    const spec: FakeObjectSpec = { nodes: [{ id: 'role', type: 'role' }] };
    simulation.cloud.staleness = () => 8_000;
    simulation.cloud.fault = ({ operation }) =>
      operation === 'create' ? { when: 'after', what: 'crash' } : undefined;
    expect(await simulation.tryPass(spec)).toBe('crashed');
    simulation.restart();
    const result = await simulation.pass(spec, { goal: 'delete' });
    expect(result.state).toBe('Progressing');
    expect(result.outcomes.map(({ message }) => message)).toEqual([
      'role role may have been created a moment ago and is not visible yet',
    ]);
    await simulation.converge(spec, { goal: 'delete' });
    await simulation.clock.advance(60_000);
    expect(simulation.cloud.resources).toEqual([]);
  });

  test('keeps what something that is not visible yet may refer to', async () => {
    const simulation = new Simulation(everySort);
    const nodes: readonly FakeNode[] = [
      { id: 'role', type: 'role' },
      { id: 'rule', type: 'rule', peers: ['role'] },
    ];
    await simulation.converge({ nodes: nodes.slice(0, 1) });
    await simulation.clock.advance(60_000);
    simulation.cloud.staleness = () => 8_000;
    await simulation.pass({ nodes });
    const result = await simulation.pass({ nodes }, { goal: 'delete' });
    expect([result.state, result.writes]).toEqual(['Progressing', 0]);
    expect(result.outcomes.map(({ message }) => message)).toEqual([
      'rule rule may have been created a moment ago and is not visible yet',
    ]);
  });

  test('waits for what cannot be deleted, and says so', async () => {
    const simulation = await existing();
    simulation.cloud.fault = ({ operation, node }) =>
      operation === 'delete' && node === 'rule'
        ? { when: 'before', what: new AccessDenied('may not be deleted') }
        : undefined;
    const { state, outcomes } = await simulation.pass(whole, { goal: 'delete' });
    expect(state).toBe('Failed');
    expect(outcomes.filter(({ ready }) => !ready).map(({ message }) => message)).toEqual([
      'rule rule may not be deleted',
    ]);
  });

  test('stays as it is while two resources claim to be the same, one of which may be of somebody else', async () => {
    const subnet = fakeType('subnet');
    const simulation = new Simulation([subnet]);
    const nodes = [
      { id: 'left', type: 'subnet' },
      { id: 'right', type: 'subnet' },
    ];
    await simulation.converge({ nodes });
    const { tags = {}, spec: settings } = simulation.cloud.find('left');
    const creation = { owner: simulation.owner, node: 'left', tags };
    const { id } = await subnet.create(simulation.process, settings, creation);
    const error = await simulation.pass({ nodes }, { goal: 'delete' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Terminal);
    expect(error).toMatchObject({ reason: 'DuplicateResources' });
    expect(simulation.cloud.resources).toHaveLength(3);

    simulation.cloud.delete(id);
    await simulation.converge({ nodes }, { goal: 'delete' });
    expect(simulation.cloud.resources).toEqual([]);
  });

  test('that is retained keeps working as it is, and is marked', async () => {
    const simulation = await existing();
    await simulation.converge(whole, { goal: 'retain' });
    expect(deletionsOf(simulation.cloud.calls)).toEqual([]);
    const marked = simulation.cloud.resources.filter(
      ({ tags }) => tags?.['fintech.global/retained'] !== undefined,
    );
    expect(marked.map(({ node }) => node)).toEqual(['net', 'key', 'left', 'right', 'gate', 'data']);
    expect((await simulation.pass(whole, { goal: 'retain' })).writes).toBe(0);
  });

  test('and was retained is taken back when it is wanted again', async () => {
    const simulation = await existing();
    const before = stateOf(simulation.cloud);
    await simulation.converge(whole, { goal: 'retain' });
    simulation.restart({ losing: 'state' });
    await simulation.converge(whole);
    expect(stateOf(simulation.cloud)).toEqual(before);
    expect(simulation.cloud.duplicates).toEqual([]);
  });
});

describe('what an object no longer wants', () => {
  test('goes last, in the reverse order of the types of its kind', async () => {
    const simulation = await existing();
    await simulation.converge(without('gate', 'rule', 'left'));
    expect(deletionsOf(simulation.cloud.calls)).toEqual(['rule', 'gate', 'left']);
    expect(simulation.cloud.dangling).toEqual([]);
  });

  test('stays until what takes its place is there', async () => {
    const simulation = await existing({ nodes: [{ id: 'old', type: 'rule' }] });
    simulation.cloud.fault = ({ operation }) =>
      operation === 'create' ? { when: 'before', what: new AccessDenied('may not be created') } : undefined;
    const { state } = await simulation.pass({ nodes: [{ id: 'new', type: 'rule' }] });
    expect([state, simulation.cloud.resources.map(({ node }) => node)]).toEqual(['Failed', ['old']]);
  });

  test('but holds data is left alone from then on, and taken back when it is wanted again', async () => {
    const simulation = await existing();
    await simulation.converge(without('data'));
    const retained = simulation.cloud.find('data');
    expect(retained.tags?.['fintech.global/retained']).toBe('2026-01-01T00:01:12.000Z');
    simulation.cloud.change(retained.id, { spec: { ...retained.spec, size: 5 } });
    expect((await simulation.pass(without('data'))).writes).toBe(0);
    await simulation.converge(whole);
    expect(simulation.cloud.find('data')).toMatchObject({ id: retained.id, state: 'ready' });
    expect(simulation.cloud.find('data').spec.size).toBeUndefined();
    expect(simulation.cloud.find('data').tags).not.toHaveProperty('fintech.global/retained');
  });

  test('and can be brought back counts as gone, until it is wanted again', async () => {
    const key: FakeObjectSpec = { nodes: [{ id: 'key', type: 'key' }] };
    const simulation = await existing(key);
    const { id } = simulation.cloud.find('key');
    simulation.cloud.delete(id);
    expect((await simulation.pass({ nodes: [] })).state).toBe('InSync');
    await simulation.converge(key);
    expect(simulation.cloud.find('key')).toMatchObject({ id, state: 'ready' });
  });

  test('is told apart from a node of the same name that is of another type now', async () => {
    const simulation = await existing({ nodes: [{ id: 'it', type: 'rule' }] });
    const retyped: FakeObjectSpec = { nodes: [{ id: 'it', type: 'gateway' }] };
    await simulation.converge(retyped);
    expect(simulation.cloud.resources.map(({ type }) => type)).toEqual(['gateway']);
    expect(simulation.cloud.calls.findIndex(({ operation }) => operation === 'delete')).toBeGreaterThan(
      simulation.cloud.calls.findIndex(({ operation, type }) => operation === 'create' && type === 'gateway'),
    );
  });
});

describe('a replacement', () => {
  test('takes along what refers to it for good: first out, last in', async () => {
    const gate: FakeNode = { id: 'gate', type: 'gateway', parent: 'left' };
    const simulation = await existing(leftIn('a', gate));
    const { calls } = simulation.cloud;
    const before = calls.length;
    await simulation.converge(leftIn('b', gate));
    const writes = calls
      .slice(before)
      .filter(({ operation }) => operation === 'create' || operation === 'delete');
    expect(writes.map(({ operation, node }) => `${operation} ${node}`)).toEqual([
      'delete gate',
      'delete left',
      'create left',
      'create gate',
    ]);
  });

  test('is not held up by what is no longer wanted and still refers to the old one', async () => {
    const simulation = await existing(leftIn('a', { id: 'gate', type: 'gateway', parent: 'left' }));
    await simulation.converge(leftIn('b'));
    expect(simulation.cloud.resources.map(({ node, spec }) => [node, spec.zone])).toEqual([['left', 'b']]);
  });

  test('of what can be brought back makes a new one, and lets the old one go', async () => {
    const simulation = await existing(keyIn('a'));
    const { plan } = await simulation.pass(keyIn('b'));
    await simulation.converge(keyIn('b'), { approval: plan.hash });
    expect(simulation.cloud.resources.map(({ spec, state }) => `${String(spec.zone)} ${state}`)).toEqual([
      'a deleting',
      'b ready',
    ]);
    expect((await simulation.pass(keyIn('b'))).writes).toBe(0);
  });
});
