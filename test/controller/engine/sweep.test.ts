import { afterAll, describe, expect, test } from 'vitest';
import type { FakeCall, FakeFault } from '../../fake-cloud.ts';
import type { FakeObjectSpec } from '../../fake-kind.ts';
import { changed, everySort, smaller, stateOf, whole } from './scenarios.ts';
import { Simulation, type Options } from './simulation.ts';

type Scenario = {
  readonly from?: FakeObjectSpec;
  readonly to: FakeObjectSpec;
  readonly options?: Options;
};

type Variant = {
  readonly when: FakeFault['when'];
  readonly what: 'crash' | 'error';
  readonly losing: 'nothing' | 'state';
  /** Milliseconds by which lists are late. */
  readonly staleness: number;
};

const scenarios: Readonly<Record<string, Scenario>> = {
  creation: { to: whole },
  change: { from: whole, to: changed },
  prune: { from: whole, to: smaller, options: { deletionPolicy: 'Retain' } },
  deletion: { from: whole, to: whole, options: { goal: 'delete' } },
  retention: { from: whole, to: whole, options: { goal: 'retain' } },
};

const variants = (['before', 'after'] as const).flatMap((when) =>
  [0, 8_000].flatMap((staleness): readonly Variant[] => [
    { when, what: 'error', losing: 'nothing', staleness },
    { when, what: 'crash', losing: 'nothing', staleness },
    { when, what: 'crash', losing: 'state', staleness },
  ]),
);

let points = 0;

describe('killed, or left without a response, at every call that writes and at every persist', () => {
  afterAll(() => console.log(`${points} points were tried`));

  test.for(Object.entries(scenarios))('%s comes to the same end', async ([, scenario]) => {
    const reference = await begin(scenario, 0);
    const before = writesOf(reference.cloud.calls).length;
    await finish(reference, scenario);
    const expected = stateOf(reference.cloud);
    const count = writesOf(reference.cloud.calls).length - before;
    const runs = variants.flatMap((variant) => Array.from({ length: count }, (_, index) => ({ variant, index })));
    const wrong = await inGroups(runs, 100, async ({ variant, index }) => {
      points += 1;
      const problem = await attempt(scenario, variant, index, expected);
      return problem === undefined ? [] : [`${JSON.stringify(variant)} at ${index}: ${problem}`];
    });
    expect(wrong.flat()).toEqual([]);
  });
});

async function attempt(
  scenario: Scenario,
  variant: Variant,
  index: number,
  expected: readonly string[],
): Promise<string | undefined> {
  const simulation = await begin(scenario, variant.staleness);
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
  if (cloud.duplicates.length > 0) return `${hit}: twice: ${cloud.duplicates.join(', ')}`;
  const state = stateOf(cloud);
  return JSON.stringify(state) === JSON.stringify(expected)
    ? undefined
    : `${hit}: ends with ${state.join('\n')}\ninstead of\n${expected.join('\n')}`;
}

async function begin({ from }: Scenario, staleness: number): Promise<Simulation> {
  const simulation = new Simulation(everySort);
  if (from !== undefined) await simulation.converge(from);
  await simulation.clock.advance(60_000);
  simulation.cloud.staleness = () => staleness;
  return simulation;
}

async function untilHit(
  simulation: Simulation,
  { to, options }: Scenario,
  { losing, staleness }: Variant,
  isHit: () => boolean,
): Promise<void> {
  for (let passes = 0; passes < 60 && !isHit(); passes += 1) {
    const result = await simulation.tryPass(to, options);
    await simulation.clock.advance(1_000);
    if (result !== 'crashed') continue;
    // Without memory nothing says what may not be visible yet: the state may be lost, but not within that time.
    if (losing === 'state') await simulation.clock.advance(staleness);
    simulation.restart({ losing });
  }
}

async function finish(simulation: Simulation, { to, options }: Scenario): Promise<void> {
  await simulation.converge(to, options);
  simulation.cloud.staleness = () => 0;
  await simulation.clock.advance(60_000);
  await simulation.converge(to, options);
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
