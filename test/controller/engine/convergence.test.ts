import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { FakeCall, FakeFault } from '../../fake-cloud.ts';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { everySort, stateOf } from './scenarios.ts';
import { Simulation, type Options } from './simulation.ts';

/** What may happen to an object, in any order. */
type Event =
  | { readonly what: 'spec'; readonly spec: FakeObjectSpec }
  | { readonly what: 'time'; readonly seconds: number }
  | { readonly what: 'fault'; readonly after: number; readonly fault: FakeFault }
  | { readonly what: 'restart' }
  | { readonly what: 'state lost' }
  | { readonly what: 'lists'; readonly late: boolean }
  | { readonly what: 'setting changed' | 'resource removed' | 'tags removed'; readonly pick: number };

const policy: Options = { deletionPolicy: 'Delete' };

/** Specs over a fixed set of nodes, any of which may be absent, with settings of every sort. */
const aSpec: fc.Arbitrary<FakeObjectSpec> = fc
  .record({
    size: fc.nat(2),
    zone: fc.constantFrom('a', 'b'),
    members: fc.uniqueArray(fc.constantFrom('x', 'y', 'z')),
    mode: fc.constantFrom('strict', 'lax'),
    has: fc.record({ left: fc.boolean(), gate: fc.boolean(), role: fc.boolean(), rule: fc.boolean() }),
    retyped: fc.boolean(),
  })
  .map(({ size, zone, members, mode, has, retyped }) => {
    const nodes: FakeNode[] = [
      { id: 'net', type: 'network', settings: { size } },
      { id: 'key', type: 'key', settings: { settings: { mode, limits: { low: size } } } },
    ];
    if (has.left) nodes.push({ id: 'left', type: 'subnet', parent: 'net', settings: { zone, members } });
    if (has.role) nodes.push({ id: 'role', type: 'role', peers: ['key'], settings: { size, zone } });
    if (has.left && has.gate) nodes.push({ id: 'gate', type: 'gateway', parent: 'left', settings: { size } });
    if (has.rule)
      nodes.push({ id: 'rule', type: retyped ? 'rule' : 'subnet', parent: 'net', settings: { zone } });
    return { nodes };
  });

const aFault = fc.record({
  when: fc.constantFrom('before', 'after'),
  what: fc.oneof(fc.constant('crash' as const), fc.constant(new Error('connection reset'))),
});

const anEvent: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: aSpec.map((spec) => ({ what: 'spec' as const, spec })) },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 1, max: 20 }).map((seconds) => ({ what: 'time' as const, seconds })),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('fault'), after: fc.nat(8), fault: aFault }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ what: 'restart' }, { what: 'state lost' }) },
  { weight: 1, arbitrary: fc.boolean().map((late) => ({ what: 'lists' as const, late })) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constantFrom('setting changed', 'resource removed', 'tags removed'),
      pick: fc.nat(20),
    }),
  },
);

let sequences = 0;
afterAll(() => console.log(`${sequences} sequences were tried`));

test('whatever happens, in any order, ends with each wanted resource exactly once and nothing else', async () => {
  const property = fc.asyncProperty(
    fc.array(anEvent, { minLength: 3, maxLength: 12 }),
    aSpec,
    fc.nat(),
    async (events, last, seed) => {
      sequences += 1;
      const simulation = new Simulation(everySort);
      await live(simulation, events, seed);
      await settleOn(simulation, last);
      const expected = new Simulation(everySort);
      await settleOn(expected, last);
      expect(simulation.cloud.duplicates).toEqual([]);
      expect(stateOf(simulation.cloud)).toEqual(stateOf(expected.cloud));
      await simulation.converge(last, { goal: 'delete' });
      await simulation.clock.advance(60_000);
      expect(stateOf(simulation.cloud)).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: 120 });
});

async function live(simulation: Simulation, events: readonly Event[], seed: number): Promise<void> {
  let spec: FakeObjectSpec = { nodes: [] };
  for (const event of events) {
    if (event.what === 'spec') spec = event.spec;
    else await happen(simulation, event, seed);
    const result = await simulation.tryPass(spec, policy).catch(() => 'threw' as const);
    if (result === 'crashed') simulation.restart();
    await simulation.clock.advance(1_000);
  }
}

async function happen(
  simulation: Simulation,
  event: Exclude<Event, { what: 'spec' }>,
  seed: number,
): Promise<void> {
  const { cloud, clock } = simulation;
  switch (event.what) {
    case 'time':
      return clock.advance(event.seconds * 1_000);
    case 'fault':
      cloud.fault = once(event.after, event.fault);
      return;
    case 'restart':
      return simulation.restart();
    case 'state lost':
      // Only the memory knows of what no list shows yet: it must outlive that moment.
      await clock.advance(10_000);
      return simulation.restart({ losing: 'state' });
    case 'lists':
      cloud.staleness = event.late ? wavering(seed) : () => 0;
      return;
    case 'setting changed':
    case 'resource removed':
    case 'tags removed':
      return meddle(simulation, event.what, event.pick);
  }
}

/** Somebody else changes one of the resources. */
function meddle({ cloud }: Simulation, what: string, pick: number): void {
  const all = cloud.resources.filter(({ state }) => state === 'ready');
  const resource = all[pick % Math.max(1, all.length)];
  if (resource === undefined) return;
  if (what === 'setting changed') cloud.change(resource.id, { spec: { ...resource.spec, size: 99 } });
  else if (what === 'resource removed') cloud.change(resource.id, { phase: 'gone' });
  else if (resource.tags !== undefined) cloud.change(resource.id, { tags: {} });
}

async function settleOn(simulation: Simulation, spec: FakeObjectSpec): Promise<void> {
  simulation.cloud.fault = () => undefined;
  simulation.cloud.staleness = () => 0;
  await simulation.clock.advance(60_000);
  await simulation.converge(spec, policy);
  await simulation.clock.advance(60_000);
  const result = await simulation.converge(spec, policy);
  expect(result.writes).toBe(0);
}

function once(after: number, fault: FakeFault): (call: FakeCall) => FakeFault | undefined {
  let seen = 0;
  return ({ operation }) => (operation !== 'list' && seen++ === after ? fault : undefined);
}

/** Every list is up to eight seconds old, each differently. */
function wavering(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => {
    state = (state * 48_271 + 1) % 2_147_483_647;
    return state % 8_001;
  };
}
