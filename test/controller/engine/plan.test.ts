import { describe, expect, test } from 'vitest';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';
import { everySort, whole } from './scenarios.ts';
import { Simulation, type Options, type Result } from './simulation.ts';

const shown = ({ plan }: Pick<Result, 'plan'>): string =>
  plan.steps
    .map(({ action, type, node, changes, because }) => {
      const parts = changes.map(({ path, from, to, ignored }) => {
        const mark = ignored === true ? ' (ignored)' : '';
        return `\n    ${path}: ${JSON.stringify(from)} -> ${JSON.stringify(to)}${mark}`;
      });
      return `${action} ${type.name} ${node}${because === undefined ? '' : `: ${because}`}${parts.join('')}`;
    })
    .join('\n');

const database = (settings: FakeNode['settings'] = {}): FakeObjectSpec => ({
  nodes: [{ id: 'data', type: 'database', settings }],
});

const leftIn = (zone: string, ...more: readonly FakeNode[]): FakeObjectSpec => ({
  nodes: [{ id: 'left', type: 'subnet', settings: { zone } }, ...more],
});

const withRole = (zone: string): FakeObjectSpec => ({
  nodes: [...database({ zone }).nodes, { id: 'role', type: 'role', settings: { size: 1 } }],
});

async function planOf(simulation: Simulation, spec: FakeObjectSpec, options: Options = {}): Promise<string> {
  return shown({ plan: await simulation.engine.plan(simulation.request(spec, options)) });
}

describe('the plan', () => {
  test('of an empty account lists every node before anything exists', async () => {
    const simulation = new Simulation(everySort);
    const plan = await simulation.engine.plan(simulation.request(whole));
    const lines = plan.steps.map(({ action, type, node, spec }) => {
      const { name: _name, ...rest } = spec;
      return `${action} ${type.name} ${node} ${JSON.stringify(rest)}`;
    });
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "create network net {"size":1}
      create key key {"settings":{"mode":"strict"},"active":true}
      create subnet left {"parent":"(known after network net.id)"}
      create subnet right {"members":["b","a"],"parent":"(known after network net.id)"}
      create role role {"size":1,"peers":["(known after key key.id)"]}
      create gateway gate {"parent":"(known after subnet left.id)"}
      create database data {"initialCount":1,"parent":"(known after subnet right.id)","peers":["(known after role role.id)","(known after key key.id)"]}
      create rule rule {"parent":"(known after network net.id)","peers":["(known after gateway gate.id)"]}"
    `);
    expect(simulation.cloud.writes).toBe(0);
  });

  test('of what is as it should be has nothing to do', async () => {
    const simulation = new Simulation(everySort);
    const result = await simulation.converge(whole);
    expect(new Set(result.plan.steps.map(({ action }) => action))).toEqual(new Set(['none']));
  });

  test('shows what follows from a replacement: what refers to it for good goes with it, others are told', async () => {
    const more: readonly FakeNode[] = [
      { id: 'gate', type: 'gateway', parent: 'left' },
      { id: 'rule', type: 'rule', peers: ['gate'] },
    ];
    const simulation = new Simulation(everySort);
    await simulation.converge(leftIn('a', ...more));
    expect(await planOf(simulation, leftIn('b', ...more))).toMatchInlineSnapshot(`
      "replace subnet left: zone cannot be changed in place
          zone: "a" -> "b"
      replace gateway gate: parent cannot be changed in place
          parent: "subnet-1" -> "(known after subnet left.id)"
      update rule rule
          peers: ["gateway-2"] -> ["(known after gateway gate.id)"]"
    `);
  });

  test('shows that data which would have to be replaced along with something else is refused', async () => {
    const data: FakeNode = { id: 'data', type: 'database', parent: 'left' };
    const simulation = new Simulation(everySort);
    await simulation.converge(leftIn('a', data));
    const { state, outcomes, writes } = await simulation.pass(leftIn('b', data));
    expect([state, writes, outcomes.map(({ node }) => node)]).toEqual(['Refused', 0, ['data']]);
  });

  test('is caused by a change of the object, or else is drift', async () => {
    const simulation = new Simulation(everySort);
    const first = await simulation.pass(database({ size: 1 }));
    await simulation.converge(database({ size: 1 }));
    const { id, spec } = simulation.cloud.find('data');
    simulation.cloud.change(id, { spec: { ...spec, size: 9 } });
    const drifted = await simulation.pass(database({ size: 1 }), { goal: 'observe' });
    const changed = await simulation.pass(database({ size: 2 }), { goal: 'observe' });
    expect([first, drifted, changed].map(({ plan }) => plan.cause)).toEqual(['change', 'drift', 'change']);
  });

  test('is caused by a change that is given up half way, whose traces are nobody’s drift', async () => {
    const simulation = new Simulation(everySort);
    await simulation.converge(database({ size: 1 }));
    const begun = await simulation.pass(database({ size: 2 }));
    const givenUp = await simulation.pass(database({ size: 1 }));
    expect([begun, givenUp].map(({ plan, writes }) => [plan.cause, writes])).toEqual([
      ['change', 1],
      ['change', 1],
    ]);
    await simulation.converge(database({ size: 1 }));
    const { id, spec } = simulation.cloud.find('data');
    simulation.cloud.change(id, { spec: { ...spec, size: 9 } });
    expect((await simulation.pass(database({ size: 1 }))).plan.cause).toBe('drift');
  });

  test('is caused by a change where only the default tags have changed', async () => {
    const simulation = new Simulation(everySort);
    await simulation.converge(database());
    const { place } = simulation.request(database());
    const plan = await simulation.engine.plan(
      simulation.request(database(), { place: { ...place, tags: { cost: '7' } } }),
    );
    expect(plan.cause).toBe('change');
    expect(shown({ plan })).toMatchInlineSnapshot(`
      "update database data
          tags.cost: undefined -> "7"
          tags.team: "core" -> undefined"
    `);
  });

  test('does not count what matters only at creation', async () => {
    const simulation = new Simulation(everySort);
    await simulation.converge(database({ initialCount: 1 }));
    expect(await planOf(simulation, database({ initialCount: 5 }))).toBe('none database data');
  });

  test('shows a field that AWS changes in place one way only as an update, and the way back as a replacement', async () => {
    const simulation = new Simulation(everySort);
    await simulation.converge(database({ edition: 1 }));
    const { id } = simulation.cloud.find('data');
    expect(await planOf(simulation, database({ edition: 2 }))).toMatchInlineSnapshot(`
      "update database data
          edition: 1 -> 2"
    `);
    await simulation.converge(database({ edition: 2 }));
    expect(simulation.cloud.find('data')).toMatchObject({ id, spec: { edition: 2 } });
    expect(await planOf(simulation, database({ edition: 1 }))).toMatchInlineSnapshot(`
      "replace database data: edition cannot be changed in place
          edition: 2 -> 1"
    `);
    expect((await simulation.pass(database({ edition: 1 }))).state).toBe('Refused');
  });

  test('shows what is left to somebody else, and does nothing about it', async () => {
    const simulation = new Simulation(everySort);
    await simulation.converge(database({ size: 1, settings: { mode: 'a', limits: { low: 1, high: 1 } } }));
    const wanted = database({ size: 2, settings: { mode: 'b', limits: { low: 2, high: 1 } } });
    const ignore = new Set(['data.size', 'data.settings.limits']);
    expect(await planOf(simulation, wanted, { ignore })).toMatchInlineSnapshot(`
      "update database data
          size: 1 -> 2 (ignored)
          settings.mode: "a" -> "b"
          settings.limits.low: 1 -> 2 (ignored)"
    `);
    await simulation.converge(wanted, { ignore });
    expect(simulation.cloud.find('data').spec).toMatchObject({
      size: 1,
      settings: { mode: 'b', limits: { low: 1, high: 1 } },
    });
  });

  test('does not take a value that is not known yet for a reason to replace', async () => {
    const simulation = new Simulation([fakeType('gateway'), fakeType('subnet')]);
    const nodes: readonly FakeNode[] = [
      { id: 'one', type: 'gateway' },
      { id: 'two', type: 'subnet', parent: 'one' },
    ];
    await simulation.converge({ nodes });
    simulation.cloud.change(simulation.cloud.find('one').id, { phase: 'gone' });
    expect(await planOf(simulation, { nodes })).toMatchInlineSnapshot(`
      "create gateway one
      update subnet two
          parent: "gateway-1" -> "(known after gateway one.id)""
    `);
  });
});

describe('what is missing although others still refer to it for good', () => {
  const types = [fakeType('vault', { holdsData: true }), fakeType('database', { holdsData: true })];
  const nodes: readonly FakeNode[] = [
    { id: 'vault', type: 'vault' },
    { id: 'data', type: 'database', parent: 'vault' },
  ];

  test('is not made a second time, which would replace them', async () => {
    const simulation = new Simulation(types);
    await simulation.converge({ nodes });
    simulation.cloud.change(simulation.cloud.find('vault').id, { phase: 'gone' });
    await simulation.clock.advance(60_000);
    const { state, writes, outcomes } = await simulation.pass({ nodes });
    expect([state, writes, outcomes.map(({ node }) => node)]).toEqual(['Refused', 0, ['data']]);
  });

  test('is waited for while it is only not visible yet', async () => {
    const simulation = new Simulation(types);
    await simulation.pass({ nodes });
    simulation.cloud.change(simulation.cloud.find('vault').id, { phase: 'gone' });
    const { state, writes } = await simulation.pass({ nodes });
    expect([state, writes]).toEqual(['Progressing', 0]);
  });
});

describe('data', () => {
  test('is replaced only with an approval of exactly the plan that was shown', async () => {
    const simulation = new Simulation(everySort);
    await simulation.converge(database({ zone: 'a' }));
    const refused = await simulation.pass(database({ zone: 'b' }));
    expect(refused.state).toBe('Refused');
    expect(refused.writes).toBe(0);
    expect(refused.outcomes.map(({ message }) => message)).toEqual([
      'database data (database-1) would be replaced and its data lost: zone cannot be changed in place; ' +
        `if that is meant, set the annotation fintech.global/approve: "${refused.plan.hash}"`,
    ]);
    const approval = refused.plan.hash;
    const another = await simulation.pass(database({ zone: 'c' }), { approval });
    expect([another.state, another.writes]).toEqual(['Refused', 0]);
    await simulation.converge(database({ zone: 'b' }), { approval });
    expect(simulation.cloud.find('data')).toMatchObject({ id: 'database-2', spec: { zone: 'b' } });
  });

  describe('that others refer to', () => {
    const types = [fakeType('vault', { holdsData: true }), fakeType('database', { holdsData: true })];
    test('stays approved to the end, though what is left of the plan has another hash after each pass', async () => {
      const simulation = new Simulation(types);
      await simulation.converge(inZone('a'));
      const { plan } = await simulation.pass(inZone('b'));
      const next = await simulation.pass(inZone('b'), { approval: plan.hash });
      expect(next.state).toBe('Progressing');
      await simulation.converge(inZone('b'), { approval: plan.hash });
      expect(simulation.cloud.resources.map(({ node, spec }) => [node, spec.zone])).toEqual([
        ['vault', 'b'],
        ['data', undefined],
      ]);
    });

    test('is refused again when the spec is changed after the approval', async () => {
      const simulation = new Simulation(types);
      await simulation.converge(inZone('a'));
      const { plan } = await simulation.pass(inZone('b'));
      await simulation.pass(inZone('b'), { approval: plan.hash });
      const other = await simulation.pass(inZone('c'), { approval: plan.hash });
      expect([other.state, other.writes]).toEqual(['Refused', 0]);
    });
  });

  test('stays approved when something else has drifted meanwhile', async () => {
    const simulation = new Simulation(everySort);
    await simulation.converge(withRole('a'));
    const { plan } = await simulation.pass(withRole('b'));
    const { id, spec: role } = simulation.cloud.find('role');
    simulation.cloud.change(id, { spec: { ...role, size: 5 } });
    const { state } = await simulation.pass(withRole('b'), { approval: plan.hash });
    expect(state).toBe('Progressing');
  });

  test('that is no longer wanted is retained, or deleted after an approval where the policy says so', async () => {
    for (const deletionPolicy of ['Retain', 'Delete'] as const) {
      const simulation = new Simulation(everySort);
      await simulation.converge(database());
      const { state, plan } = await simulation.pass({ nodes: [] }, { deletionPolicy });
      expect(state).toBe(deletionPolicy === 'Retain' ? 'Progressing' : 'Refused');
      await simulation.converge({ nodes: [] }, { deletionPolicy, approval: plan.hash });
      expect(simulation.cloud.resources).toHaveLength(deletionPolicy === 'Retain' ? 1 : 0);
    }
  });

  test('that failed while it was made is not thrown away without an approval, anything else is', async () => {
    const simulation = new Simulation(everySort);
    const spec: FakeObjectSpec = { nodes: [...database().nodes, { id: 'rule', type: 'rule' }] };
    await simulation.converge({ nodes: spec.nodes.slice(1) });
    simulation.cloud.change(simulation.cloud.find('rule').id, { phase: 'failed' });
    await simulation.converge({ nodes: spec.nodes.slice(1) });
    expect(simulation.cloud.find('rule').id).toBe('rule-2');
    await simulation.converge(spec);
    simulation.cloud.change(simulation.cloud.find('data').id, { phase: 'failed' });
    expect((await simulation.pass(spec)).outcomes.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^database data \(database-3\) would be replaced and its data lost: failed/u),
    ]);
  });
});

/** A vault, and a database that cannot move to another one. */
function inZone(zone: string): FakeObjectSpec {
  return {
    nodes: [
      { id: 'vault', type: 'vault', settings: { zone } },
      { id: 'data', type: 'database', parent: 'vault' },
    ],
  };
}
