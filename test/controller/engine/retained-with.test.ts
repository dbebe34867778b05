import { describe, expect, test } from 'vitest';
import type { Step } from '../../../controller/engine/plan.ts';
import { isInUse } from '../../../controller/engine/retained-with.ts';
import type { FakeProcess } from '../../fake-cloud.ts';
import type { FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';
import { Simulation } from './simulation.ts';

const retainedTag = 'fintech.global/retained';
const types = [fakeType('group'), fakeType('database', { holdsData: true }), fakeType('scaling')];
const rest: FakeObjectSpec = { nodes: [{ id: 'kept', type: 'group' }] };
const all: FakeObjectSpec = {
  nodes: [
    ...rest.nodes,
    { id: 'base', type: 'group' },
    { id: 'parameters', type: 'group', peers: ['base'] },
    { id: 'unrelated', type: 'group' },
    { id: 'data', type: 'database', peers: ['parameters', 'kept'] },
    { id: 'scaling', type: 'scaling', parent: 'data' },
  ],
};

async function existing(): Promise<Simulation> {
  const simulation = new Simulation(types);
  await simulation.converge(all);
  await simulation.clock.advance(60_000);
  return simulation;
}

function retainedIn({ cloud }: Simulation): readonly string[] {
  const retained = cloud.resources.filter(({ tags }) => tags?.[retainedTag] !== undefined);
  return retained.map(({ node }) => node).toSorted();
}

describe('with data that leaves the spec and is retained', () => {
  test('stays what it names, what that names, and what is about it, and all of it is taken back', async () => {
    const simulation = await existing();
    await simulation.converge(rest);
    expect(retainedIn(simulation)).toEqual(['base', 'data', 'parameters', 'scaling']);
    expect(simulation.cloud.resources.map(({ node }) => node)).not.toContain('unrelated');
    const { writes } = simulation.cloud;
    await simulation.pass(rest);
    expect(simulation.cloud.writes).toBe(writes);
    await simulation.converge(all);
    expect(retainedIn(simulation)).toEqual([]);
    expect(simulation.cloud.duplicates).toEqual([]);
  });

  test('stays what the object wanted until it went as a whole', async () => {
    const simulation = await existing();
    await simulation.converge(rest);
    await simulation.converge(rest, { goal: 'delete', deletionPolicy: 'Delete' });
    expect(retainedIn(simulation)).toEqual(['base', 'data', 'kept', 'parameters', 'scaling']);
    expect(simulation.cloud.resources).toHaveLength(5);
  });
});

describe('what is no longer wanted and still in use', () => {
  const [group = fakeType('group')] = types;
  const step = (
    action: Step<FakeProcess>['action'],
    id: string,
    users?: readonly string[],
  ): Step<FakeProcess> => {
    const current = { owner: '', node: id, id, state: 'ready', spec: { name: id }, outputs: {} } as const;
    const observed = users === undefined ? current : { ...current, users };
    return { action, node: id, type: group, current: observed, spec: {}, changes: [] };
  };

  test.each<readonly [string, readonly string[] | undefined, boolean]>([
    ['is left until nothing that stays uses it', ['member'], true],
    ['goes with the last that uses it', ['going'], false],
    ['goes where nothing uses it', [], false],
    ['goes where nobody can tell', undefined, false],
  ])('%s', (_, users, expected) => {
    const steps = [step('delete', 'old', users), step('delete', 'going'), step('none', 'member')];
    expect(steps.map((one) => isInUse(one, steps))).toEqual([expected, false, false]);
  });
});
