import { describe, expect, test } from 'vitest';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';
import { Simulation } from './simulation.ts';

const types = [
  fakeType('role'),
  fakeType('database', { uniqueBy: 'name', holdsData: true, creationTime: 5_000 }),
];

const at = (version: number, settings: FakeNode['settings'] = {}): FakeObjectSpec => ({
  nodes: [{ id: 'data', type: 'database', settings: { version, ...settings } }],
});

async function existing(spec: FakeObjectSpec): Promise<Simulation> {
  const simulation = new Simulation(types);
  await simulation.converge(spec);
  await simulation.clock.advance(60_000);
  return simulation;
}

describe('a change that its field refuses', () => {
  test('is done only with an approval of exactly this plan', async () => {
    const simulation = await existing(at(1_001));
    const refused = await simulation.pass(at(2_001));
    expect([refused.state, refused.writes]).toEqual(['Refused', 0]);
    expect(refused.outcomes).toMatchObject([
      {
        message:
          'database data (database-1) would be raised to version 2001 for good; ' +
          `if that is meant, set the annotation fintech.global/approve: "${refused.plan.hash}"`,
        error: { reason: 'ApprovalRequired' },
      },
    ]);
    const approval = refused.plan.hash;
    expect((await simulation.pass(at(3_001), { approval })).state).toBe('Refused');
    await simulation.converge(at(2_001), { approval });
    expect(simulation.cloud.find('data')).toMatchObject({ id: 'database-1', spec: { version: 2_001 } });
  });

  test('is done without one where the field does not mind', async () => {
    const simulation = await existing(at(1_001));
    await simulation.converge(at(1_005));
    expect(simulation.cloud.find('data').spec.version).toBe(1_005);
  });

  test('holds up all others, so that no half of a spec is applied', async () => {
    const simulation = await existing(at(1_001, { size: 1 }));
    const spec: FakeObjectSpec = { nodes: [...at(2_001, { size: 2 }).nodes, { id: 'role', type: 'role' }] };
    expect((await simulation.pass(spec)).writes).toBe(0);
    expect(simulation.cloud.find('data').spec.size).toBe(1);
  });

  test('is refused while AWS is busy too, and the approval of the one is that of the other', async () => {
    const simulation = new Simulation(types);
    await simulation.pass(at(1_001));
    const busy = await simulation.pass(at(2_001));
    expect([busy.state, busy.plan.steps.map(({ action }) => action)]).toEqual(['Refused', ['wait']]);
    await simulation.clock.advance(60_000);
    const ready = await simulation.engine.plan(simulation.request(at(2_001)));
    expect([ready.steps.map(({ action }) => action), ready.hash]).toEqual([['update'], busy.plan.hash]);
    await simulation.converge(at(2_001), { approval: busy.plan.hash });
    expect(simulation.cloud.find('data').spec.version).toBe(2_001);
  });

  test('is left where it is left to somebody else', async () => {
    const simulation = await existing(at(1_001));
    const ignore = new Set(['data.version']);
    expect((await simulation.pass(at(2_001), { ignore })).state).toBe('InSync');
    expect(simulation.cloud.find('data').spec.version).toBe(1_001);
  });

  test('is refused as well when it shows only while the plan is carried out', async () => {
    const [role = fakeType('role'), database = fakeType('database')] = types;
    const peers = {
      ...database.fields['peers'],
      severity: 'security',
      refusal: () => 'would be told of another role',
    } as const;
    const wary = { ...database, fields: { ...database.fields, peers } };
    const simulation = new Simulation([role, wary]);
    const alone: FakeObjectSpec = { nodes: [{ id: 'data', type: 'database' }] };
    await simulation.converge(alone);
    await simulation.clock.advance(60_000);
    const spec: FakeObjectSpec = {
      nodes: [
        { id: 'role', type: 'role' },
        { id: 'data', type: 'database', peers: ['role'] },
      ],
    };
    const { state, outcomes } = await simulation.pass(spec);
    expect(state).toBe('Failed');
    expect(outcomes.find(({ node }) => node === 'data')?.error).toEqual(
      new Terminal('ApprovalRequired', 'database data (database-1) would be told of another role'),
    );
    const { plan } = await simulation.pass(spec);
    await simulation.converge(spec, { approval: plan.hash });
    expect(simulation.cloud.find('data').spec.peers).toEqual(['role-2']);
  });
});

describe('a change that only time makes', () => {
  const asleep = { circumstances: { isAsleep: true, applyImmediately: false } };

  test('is marked in the plan, beside others that are not', async () => {
    const simulation = await existing(at(1_001, { size: 1, awake: true }));
    const { steps } = await simulation.engine.plan(
      simulation.request(at(1_001, { size: 2, awake: true }), asleep),
    );
    expect(steps.flatMap(({ changes }) => changes)).toMatchObject([
      { path: 'size', severity: 'cost' },
      { path: 'awake', expected: true },
    ]);
    expect(steps[0]?.changes[0]).not.toHaveProperty('expected');
  });

  test('does not void an approval', async () => {
    const simulation = await existing(at(1_001, { awake: true }));
    const wanted = at(2_001, { awake: true });
    await simulation.converge(at(1_001, { awake: true }), asleep);
    const before = await simulation.engine.plan(simulation.request(wanted, asleep));
    const { id, spec } = simulation.cloud.find('data');
    simulation.cloud.change(id, { spec: { ...spec, awake: true } });
    const after = await simulation.engine.plan(simulation.request(wanted, asleep));
    expect(after.steps[0]?.changes).toHaveLength((before.steps[0]?.changes.length ?? 0) + 1);
    expect(after.hash).toBe(before.hash);
  });
});
