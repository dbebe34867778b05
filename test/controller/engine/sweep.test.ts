import { afterAll, describe, expect, test } from 'vitest';
import type { FakeCall, FakeFault } from '../../fake-cloud.ts';
import type { FakeObjectSpec } from '../../fake-kind.ts';
import { changed, everySort, inVersion, lasting, smaller, stateOf, whole } from './scenarios.ts';
import { Simulation, type Options } from './simulation.ts';

type Scenario = {
  readonly from?: FakeObjectSpec;
  readonly to: FakeObjectSpec;
  readonly options?: Options;
  /** Somebody approves the plan before it begins. */
  readonly isApproved?: true;
  /** What is wanted from the fault on, where that is something else. */
  readonly afterwards?: Options;
};

type Variant = {
  readonly when: FakeFault['when'];
  readonly what: 'crash' | 'error';
  readonly losing: 'nothing' | 'state';
  /** How late lists are: never, always, or every other one. */
  readonly lists: 'fresh' | 'late' | 'wavering';
};

const scenarios: Readonly<Record<string, Scenario>> = {
  creation: { to: whole },
  change: { from: whole, to: changed },
  prune: { from: whole, to: smaller, options: { deletionPolicy: 'Retain' } },
  deletion: { from: whole, to: whole, options: { goal: 'delete' } },
  'deletion but for what outlives the object': { from: lasting, to: lasting, options: { goal: 'delete' } },
  'change that needs approval': { from: inVersion(1_001), to: inVersion(2_001), isApproved: true },
  'creation that is given up': { to: whole, afterwards: { goal: 'delete' } },
  retention: { from: whole, to: whole, options: { goal: 'retain' } },
};

const variants = (['before', 'after'] as const).flatMap((when) =>
  (['fresh', 'late', 'wavering'] as const).flatMap((lists): readonly Variant[] => [
    { when, what: 'error', losing: 'nothing', lists },
    { when, what: 'crash', losing: 'nothing', lists },
    { when, what: 'crash', losing: 'state', lists },
  ]),
);

/** Less than the settle time of the types, as these promise. */
const lateness = 8_000;

let points = 0;

describe('killed, or left without a response, at every call that writes and at every persist', () => {
  afterAll(() => console.log(`${points} points were tried`));

  test.for(Object.entries(scenarios))('%s comes to the same end', async ([, described]) => {
    const scenario = await approved(described);
    const reference = await begin(scenario, 'fresh');
    const before = writesOf(reference.cloud.calls).length;
    await reference.converge(scenario.to, scenario.options);
    const count = writesOf(reference.cloud.calls).length - before;
    await finish(reference, scenario);
    const expected = stateOf(reference.cloud);
    const runs = variants.flatMap((variant) =>
      Array.from({ length: count }, (_, index) => ({ variant, index })),
    );
    const wrong = await inGroups(runs, 100, async ({ variant, index }) => {
      points += 1;
      const problem = await attempt(scenario, variant, index, expected);
      return problem === undefined ? [] : [`${JSON.stringify(variant)} at ${index}: ${problem}`];
    });
    expect(wrong.flat()).toEqual([]);
  });
});

async function approved(scenario: Scenario): Promise<Scenario> {
  if (scenario.isApproved !== true) return scenario;
  const simulation = await begin(scenario, 'fresh');
  const { hash: approval } = await simulation.engine.plan(simulation.request(scenario.to));
  return { ...scenario, options: { ...scenario.options, approval } };
}

async function attempt(
  scenario: Scenario,
  variant: Variant,
  index: number,
  expected: readonly string[],
): Promise<string | undefined> {
  const simulation = await begin(scenario, variant.lists);
  const { cloud } = simulation;
  let seen = 0;
  let hit = '';
  cloud.fault = (call) => {
    if (call.operation === 'list' || seen++ !== index) return undefined;
    hit = `${call.operation} ${call.type} ${call.node}`;
    return { when: variant.when, what: variant.what === 'crash' ? 'crash' : new Error('connection reset') };
  };
  try {
    await untilHit(simulation, scenario, variant, () => seen > index);
    await finish(simulation, scenario);
  } catch (error) {
    return `${hit}: ${String(error)}`;
  }
  if (scenario.from === undefined && cloud.dangling.length > 0) return `${hit}: ${cloud.dangling.join(', ')}`;
  if (cloud.duplicates.length > 0) return `${hit}: twice: ${cloud.duplicates.join(', ')}`;
  const state = stateOf(cloud);
  return JSON.stringify(state) === JSON.stringify(expected)
    ? undefined
    : `${hit}: ends with ${state.join('\n')}\ninstead of\n${expected.join('\n')}`;
}

async function begin({ from }: Scenario, lists: Variant['lists']): Promise<Simulation> {
  const simulation = new Simulation(everySort);
  if (from !== undefined) await simulation.converge(from);
  await simulation.clock.advance(60_000);
  let turn = 0;
  simulation.cloud.staleness = () =>
    lists === 'late' || (lists === 'wavering' && turn++ % 2 === 1) ? lateness : 0;
  return simulation;
}

async function untilHit(
  simulation: Simulation,
  { to, options }: Scenario,
  { losing }: Variant,
  isHit: () => boolean,
): Promise<void> {
  for (let passes = 0; passes < 60 && !isHit(); passes += 1) {
    // A pass throws what persisting its end threw; the daemon comes back to the object all the same.
    const result = await simulation.tryPass(to, options).catch(() => 'threw' as const);
    await simulation.clock.advance(1_000);
    if (result !== 'crashed') continue;
    // Without memory nothing says what may not be visible yet: the state may be lost, but not within that time.
    if (losing === 'state') await simulation.clock.advance(lateness);
    simulation.restart({ losing });
  }
}

async function finish(simulation: Simulation, { to, options, afterwards }: Scenario): Promise<void> {
  await simulation.converge(to, afterwards ?? options);
  simulation.cloud.staleness = () => 0;
  await simulation.clock.advance(60_000);
  // What is gone is not looked at again: nothing may appear afterwards.
  if (afterwards?.goal !== 'delete' && options?.goal !== 'delete')
    await simulation.converge(to, afterwards ?? options);
}

function writesOf(calls: readonly FakeCall[]): readonly FakeCall[] {
  return calls.filter(({ operation }) => operation !== 'list');
}

async function inGroups<T, R>(items: readonly T[], size: number, run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += size)
    results.push(...(await Promise.all(items.slice(start, start + size).map(run))));
  return results;
}
