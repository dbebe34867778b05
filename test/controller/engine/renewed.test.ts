import { describe, expect, test } from 'vitest';
import type { Graph } from '../../../controller/engine/graph.ts';
import type { FakeProcess } from '../../fake-cloud.ts';
import { fakeType } from '../../fake-types.ts';
import { Simulation, type Options, type Result } from './simulation.ts';

const definition = fakeType('definition', { renewedByUpdate: true });
const service = fakeType('service', { creationTime: 30_000, changeableWhilePending: true });
const types = [definition, service];

/** A service that runs what a definition says, in its newest revision. */
function running(size: number, ignore = new Set<string>()): Options {
  const build = (_spec: object, graph: Graph<FakeProcess>) => {
    const name = graph.nameOf('definition');
    const mode = graph.add(definition, 'definition', { name, size }).ref('arn');
    graph.add(service, 'service', { name: graph.nameOf('service'), settings: { mode } });
    return {};
  };
  return { kind: { kind: 'Thing', types, build }, ignore };
}

async function pass(simulation: Simulation, options: Options): Promise<Result> {
  return simulation.pass({ nodes: [] }, options);
}

async function converged(): Promise<Simulation> {
  const simulation = new Simulation(types);
  await simulation.converge({ nodes: [] }, running(1));
  await simulation.clock.advance(60_000);
  return simulation;
}

const modeOf = ({ cloud }: Simulation) => cloud.find('service').spec.settings?.mode;

describe('what an update makes anew', () => {
  test('is not known to what refers to it before a list shows it', async () => {
    const simulation = await converged();
    const result = await pass(simulation, running(2));
    expect(result.plan.steps[1]?.changes).toMatchObject([
      { path: 'settings.mode', from: 'arn:fake:definition:test-one-definition:1' },
    ]);
    expect(String(result.plan.steps[1]?.changes[0]?.to)).toBe('(known after definition definition.arn)');
    expect(result.outcomes).toMatchObject([
      { node: 'definition', ready: true },
      { node: 'service', ready: false, message: 'service service waits for a value that is not known yet' },
    ]);
    expect(modeOf(simulation)).toBe('arn:fake:definition:test-one-definition:1');
    await simulation.converge({ nodes: [] }, running(2));
    expect(modeOf(simulation)).toBe('arn:fake:definition:test-one-definition:2');
  });

  test('never takes with it what somebody else made anew before', async () => {
    const simulation = await converged();
    const { id, spec } = simulation.cloud.find('definition');
    const change = { field: 'size', path: 'size', from: 1, to: 9, severity: 'cost' } as const;
    simulation.cloud.update(id, { ...spec, size: 9 }, [change]);
    await pass(simulation, running(1));
    expect(modeOf(simulation)).toBe('arn:fake:definition:test-one-definition:1');
    await simulation.converge({ nodes: [] }, running(1));
    expect(modeOf(simulation)).toBe('arn:fake:definition:test-one-definition:3');
  });

  test('is known where the change is left to somebody else', async () => {
    const simulation = await converged();
    expect((await pass(simulation, running(2, new Set(['definition.size'])))).state).toBe('InSync');
  });
});

describe('what is pending', () => {
  test('takes a change where its type does', async () => {
    const simulation = new Simulation(types);
    await pass(simulation, running(1));
    await simulation.clock.advance(11_000);
    await pass(simulation, running(2));
    await simulation.clock.advance(1_000);
    await pass(simulation, running(2));
    expect(simulation.cloud.find('service').state).toBe('pending');
    expect(modeOf(simulation)).toBe('arn:fake:definition:test-one-definition:2');
  });

  test('is waited for where nothing is to be changed', async () => {
    const simulation = new Simulation(types);
    await pass(simulation, running(1));
    await simulation.clock.advance(11_000);
    const { state, plan } = await pass(simulation, running(1));
    expect([state, plan.steps[1]?.action]).toEqual(['Progressing', 'wait']);
  });
});
