import { describe, expect, test } from 'vitest';
import { Terminal } from '../../../controller/engine/errors.ts';
import { ownerTag } from '../../../controller/engine/ownership.ts';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';
import { stateOf } from './scenarios.ts';
import { Simulation, type Result } from './simulation.ts';

const types = [fakeType('network'), fakeType('subnet'), fakeType('rule')];
const another = 'Thing/test/another';

const net: FakeNode = { id: 'net', type: 'network', settings: { size: 1 } };
const left: FakeNode = { id: 'left', type: 'subnet', parent: 'net', settings: { size: 1 } };
const rule: FakeNode = { id: 'rule', type: 'rule', parent: 'net', peers: ['left'] };
const spec: FakeObjectSpec = { nodes: [net, left, rule] };

const open = ({ outcomes }: Result) => outcomes.filter(({ ready }) => !ready);

async function converged(): Promise<Simulation> {
  const simulation = new Simulation(types);
  await simulation.converge(spec);
  await simulation.clock.advance(60_000);
  return simulation;
}

/** Somebody writes an owner into the tag of what the object made. */
function hand(simulation: Simulation, node: string, owner: string): string {
  const { id, tags } = simulation.cloud.find(node);
  simulation.cloud.change(id, { tags: { ...tags, [ownerTag]: owner } });
  return id;
}

function resize(simulation: Simulation, node: string): void {
  const { id, spec: settings } = simulation.cloud.find(node);
  simulation.cloud.change(id, { spec: { ...settings, size: 7 } });
}

describe('what is remembered, and whose tag names another owner', () => {
  test('is left alone and not made a second time, and the condition says what to do', async () => {
    const simulation = await converged();
    const id = hand(simulation, 'left', another);
    resize(simulation, 'left');
    const before = simulation.cloud.resources;
    for (let pass = 0; pass < 3; pass += 1) {
      const result = await simulation.pass(spec);
      expect([result.state, result.writes]).toEqual(['Failed', 0]);
      expect(open(result)).toEqual([
        {
          node: 'left',
          type: 'subnet',
          ready: false,
          message: `subnet left is left alone: the tag fintech.global/owner of ${id} says ${another}; put back Thing/test/one if it was changed by mistake`,
          error: expect.any(Terminal),
        },
      ]);
      expect(open(result)[0]?.error).toMatchObject({ reason: 'NotOwned' });
      await simulation.clock.advance(60_000);
    }
    expect(simulation.cloud.resources).toEqual(before);
  });

  test('is corrected again once the tag is put back', async () => {
    const simulation = await converged();
    const wanted = stateOf(simulation.cloud);
    const id = hand(simulation, 'left', another);
    resize(simulation, 'left');
    await simulation.pass(spec);
    hand(simulation, 'left', simulation.owner);
    await simulation.converge(spec);
    expect(stateOf(simulation.cloud)).toEqual(wanted);
    expect(simulation.cloud.find('left').id).toBe(id);
  });

  test('keeps nothing else from being corrected, not even what refers to it', async () => {
    const simulation = await converged();
    hand(simulation, 'net', another);
    resize(simulation, 'left');
    const result = await simulation.pass(spec);
    expect(open(result).map(({ node }) => node)).toEqual(['net']);
    expect(simulation.cloud.find('left').spec.size).toBe(1);
    expect((await simulation.pass(spec)).writes).toBe(0);
  });

  test('is not what something new is made in, and nothing goes for that', async () => {
    const simulation = await converged();
    hand(simulation, 'net', another);
    const moved: FakeNode = { ...left, settings: { size: 1, zone: 'b' } };
    const right: FakeNode = { ...left, id: 'right' };
    const result = await simulation.pass({ nodes: [net, moved, right, rule] });
    expect(result.writes).toBe(0);
    expect(open(result).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^network net is left alone/),
      'subnet left waits for network net',
      'subnet right waits for network net',
      'rule rule waits for subnet left',
    ]);
  });

  test('is not removed with the object, nor when the object no longer wants it', async () => {
    const simulation = await converged();
    const id = hand(simulation, 'net', another);
    const smaller: FakeObjectSpec = { nodes: [{ id: 'other', type: 'network' }] };
    await simulation.converge(smaller);
    expect(simulation.cloud.resources.map((resource) => resource.node)).toEqual(['net', 'other']);
    await simulation.converge(smaller, { goal: 'delete' });
    expect(simulation.cloud.resources).toMatchObject([{ id, tags: { [ownerTag]: another } }]);
  });

  test('is neither marked as retained', async () => {
    const simulation = await converged();
    hand(simulation, 'net', another);
    await simulation.converge(spec, { goal: 'retain' });
    const marked = simulation.cloud.resources.filter(
      ({ tags }) => tags?.['fintech.global/retained'] !== undefined,
    );
    expect(marked.map(({ node }) => node)).toEqual(['left', 'rule']);
  });

  test('is forgotten where another resource was given its node', async () => {
    const simulation = await converged();
    hand(simulation, 'left', another);
    const { spec: settings, tags = {} } = simulation.cloud.find('left');
    await types[1]?.create(simulation.process, settings, {
      owner: simulation.owner,
      node: 'left',
      tags: { ...tags, [ownerTag]: simulation.owner },
    });
    const result = await simulation.converge(spec);
    const ids = result.resources.filter(({ node }) => node === 'left').map(({ id }) => id);
    expect(ids).toContain(simulation.cloud.resources.at(-1)?.id);
    expect(simulation.cloud.resources).toHaveLength(4);
    const again = await simulation.pass(spec);
    expect([again.state, again.writes, again.resources.length]).toEqual(['InSync', 0, 3]);
  });
});
