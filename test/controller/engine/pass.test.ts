import { describe, expect, test } from 'vitest';
import { AccessDenied, NotFound, NotReady, Terminal, Throttled } from '../../../controller/engine/errors.ts';
import type { FakeCall, FakeFault } from '../../fake-cloud.ts';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';
import { everySort, whole } from './scenarios.ts';
import { Simulation, type Result } from './simulation.ts';

const types = [
  fakeType('network', { uniqueBy: 'token' }),
  fakeType('subnet'),
  fakeType('role', { uniqueBy: 'name', taggable: false }),
  fakeType('gateway', { creationTime: 4_000 }),
];

/** A network, twelve subnets in it, and three things in or beside each of nine of them. */
const forty: FakeObjectSpec = {
  nodes: [
    { id: 'net', type: 'network' },
    ...Array.from({ length: 12 }, (_, i): FakeNode => ({ id: `sub-${i}`, type: 'subnet', parent: 'net' })),
    ...Array.from({ length: 27 }, (_, i): FakeNode => {
      const subnet = `sub-${i % 12}`;
      return i < 12
        ? { id: `role-${i}`, type: 'role', peers: [subnet] }
        : { id: `more-${i}`, type: 'subnet', parent: subnet, settings: { size: i } };
    }),
  ],
};

const messagesOf = (result: Result): readonly string[] =>
  result.outcomes.flatMap(({ message }) => message ?? []);

/** A role that refers to networks, which have the same size. */
const sized = (size: number, peers: readonly string[]): FakeObjectSpec => ({
  nodes: [
    { id: 'net', type: 'network', settings: { size } },
    { id: 'other', type: 'network' },
    { id: 'role', type: 'role', peers, settings: { size } },
  ],
});

const failing =
  (matches: Partial<FakeCall>, what: FakeFault['what'], when: FakeFault['when'] = 'before') =>
  (call: FakeCall): FakeFault | undefined =>
    Object.entries(matches).every(([key, value]) =>
      Object.entries(call).some(([k, v]) => k === key && v === value),
    )
      ? { when, what }
      : undefined;

describe('a pass', () => {
  test('creates forty nodes, as many at once as can be, and the next one finds nothing to do', async () => {
    const simulation = new Simulation(types);
    const first = await simulation.pass(forty);
    expect([first.state, first.writes, simulation.cloud.resources.length]).toEqual(['Progressing', 40, 40]);
    expect(simulation.cloud.mostAtOnce).toBeGreaterThanOrEqual(12);
    const second = await simulation.pass(forty);
    expect([second.state, second.writes]).toEqual(['InSync', 0]);
  });

  test('records what it is about to create in few writes, however many nodes are created at once', async () => {
    const simulation = new Simulation(types);
    await simulation.pass(forty);
    expect(simulation.persisted).toBeLessThan(40);
  });

  test('with nothing to do writes nothing, persists nothing and reads each type once', async () => {
    const simulation = new Simulation(everySort);
    await simulation.converge(whole);
    await simulation.clock.advance(60_000);
    await simulation.pass(whole);
    const [persisted, calls] = [simulation.persisted, simulation.cloud.calls.length];
    const result = await simulation.pass(whole);
    expect(result.state).toBe('InSync');
    expect(simulation.persisted).toBe(persisted);
    expect(simulation.cloud.calls.slice(calls).map(({ operation, type }) => `${operation} ${type}`)).toEqual(
      everySort.map(({ name }) => `list ${name}`),
    );
  });

  test('reports what the kind makes of the outputs, as far as they are known, and every resource', async () => {
    const simulation = new Simulation(types);
    const spec: FakeObjectSpec = {
      nodes: [
        { id: 'net', type: 'network' },
        { id: 'gate', type: 'gateway', parent: 'net' },
      ],
    };
    const first = await simulation.pass(spec);
    expect(first.status).toEqual({ ids: { net: 'network-1' } });
    const { status, resources } = await simulation.converge(spec);
    expect(status).toEqual({ ids: { net: 'network-1', gate: 'gateway-2' } });
    expect(resources).toEqual([
      { node: 'net', type: 'network', id: 'network-1', state: 'ready' },
      { node: 'gate', type: 'gateway', id: 'gateway-2', state: 'ready' },
    ]);
  });

  test('does not wait for what is being created, and comes to what depends on it later', async () => {
    const simulation = new Simulation(types);
    const spec: FakeObjectSpec = {
      nodes: [
        { id: 'gate', type: 'gateway' },
        { id: 'role', type: 'role', peers: ['gate'] },
      ],
    };
    expect(messagesOf(await simulation.pass(spec))).toEqual([
      'gateway gate is being created',
      'role role waits for gateway gate',
    ]);
    await simulation.clock.advance(1_000);
    const second = await simulation.pass(spec);
    expect([second.state, ...messagesOf(second)]).toEqual([
      'Progressing',
      'gateway gate is pending',
      'role role waits for gateway gate',
    ]);
    await simulation.clock.advance(5_000);
    expect((await simulation.converge(spec)).resources).toHaveLength(2);
  });

  test('waits for what another object reports', async () => {
    const simulation = new Simulation(types);
    const spec: FakeObjectSpec = { nodes: [{ id: 'role', type: 'role', object: 'two' }] };
    const waiting = await simulation.pass(spec, { isObjectReady: () => false });
    expect([waiting.state, ...messagesOf(waiting)]).toEqual([
      'Progressing',
      'role role waits for Thing/test/two',
    ]);
    const network = await new Simulation(types, 'two').pass({ nodes: [] });
    expect(network.state).toBe('InSync');
    const silent = await simulation.pass(spec);
    expect(messagesOf(silent)).toEqual(['role role waits for a value that is not known yet']);
    await simulation.converge({ nodes: [{ id: 'net', type: 'network' }] });
    const id = simulation.cloud.find('net').id;
    const found: string[] = [];
    await simulation.pass(spec, {
      lookupObject: ({ output }) => {
        found.push(output);
        return id;
      },
    });
    expect(new Set(found)).toEqual(new Set(['ids.main']));
    expect(simulation.cloud.find('role').spec.peers).toEqual([id]);
  });

  test('takes what another object reports anew for a change, and not for drift', async () => {
    const simulation = new Simulation(types);
    const spec: FakeObjectSpec = {
      nodes: [
        { id: 'net', type: 'network' },
        { id: 'other', type: 'network' },
        { id: 'role', type: 'role', object: 'two' },
      ],
    };
    const reporting = (node: string) => ({
      lookupObject: () => simulation.cloud.resources.find((resource) => resource.node === node)?.id,
    });
    await simulation.converge(spec, reporting('net'));
    const unchanged = await simulation.pass(spec, reporting('net'));
    expect([unchanged.plan.cause, unchanged.state]).toEqual(['drift', 'InSync']);
    const changed = await simulation.pass(spec, reporting('other'));
    expect([changed.plan.cause, changed.writes]).toEqual(['change', 1]);
    await simulation.converge(spec, reporting('other'));
    simulation.cloud.change(simulation.cloud.find('role').id, { tags: {} });
    expect((await simulation.pass(spec, reporting('other'))).plan.cause).toBe('drift');
  });

  test('observing writes nothing, whatever differs', async () => {
    const simulation = new Simulation(everySort);
    const empty = await simulation.pass(whole, { goal: 'observe' });
    expect([empty.state, messagesOf(empty)[0]]).toEqual(['Differs', 'network net needs create']);
    await simulation.converge(whole);
    const before = [simulation.cloud.writes, simulation.persisted];
    const { id } = simulation.cloud.find('net');
    simulation.cloud.change(id, { tags: {} });
    const differing = await simulation.pass(whole, { goal: 'observe' });
    expect([differing.state, ...messagesOf(differing)]).toEqual(['Differs', 'network net needs update']);
    expect([simulation.cloud.writes, simulation.persisted]).toEqual(before);
  });

  test('starts no further write once the daemon is stopping, and goes on after the next start', async () => {
    const simulation = new Simulation(types);
    const stop = new AbortController();
    simulation.cloud.fault = (call) => {
      if (call.operation === 'create' && call.type === 'network') stop.abort();
      return undefined;
    };
    const result = await simulation.pass(forty, { signal: stop.signal });
    expect([result.state, result.writes, simulation.cloud.writes]).toEqual(['Progressing', 1, 1]);
    expect(messagesOf(result)[0]).toBe('subnet sub-0 is left for the next start: the daemon is stopping');
    simulation.restart();
    await simulation.pass(forty);
    expect([simulation.cloud.resources.length, simulation.cloud.duplicates]).toEqual([40, []]);
  });
});

describe('a node that fails', () => {
  test('does not stop the others, only what depends on it', async () => {
    const simulation = new Simulation(types);
    simulation.cloud.fault = failing(
      { operation: 'create', node: 'sub-0' },
      new AccessDenied('may not be created'),
    );
    const result = await simulation.pass(forty);
    expect(result.state).toBe('Failed');
    expect(messagesOf(result)).toEqual([
      'subnet sub-0 may not be created',
      'role role-0 waits for subnet sub-0',
      'subnet more-12 waits for subnet sub-0',
      'subnet more-24 waits for subnet sub-0',
    ]);
    expect(simulation.cloud.resources).toHaveLength(36);
  });

  test('keeps what is there from being changed only in what refers to it', async () => {
    const simulation = new Simulation(types);
    await simulation.converge(sized(1, ['net']));
    simulation.cloud.fault = failing(
      { operation: 'update', node: 'net' },
      new AccessDenied('may not be changed'),
    );
    const result = await simulation.pass(sized(2, ['net']));
    expect(messagesOf(result)).toEqual(['network net may not be changed']);
    expect(simulation.cloud.find('role').spec.size).toBe(2);
    await simulation.clock.advance(60_000);
    const held = await simulation.pass(sized(3, ['net', 'other']));
    expect(messagesOf(held)).toEqual(['network net may not be changed', 'role role waits for network net']);
    expect(simulation.cloud.find('role').spec).toMatchObject({
      size: 3,
      peers: [simulation.cloud.find('net').id],
    });
  });

  test.for([
    ['Failed', new Terminal('QuotaExceeded', 'exceeds the quota')],
    ['Failed', new Throttled('was throttled')],
    ['Failed', new Error('broke')],
    ['Progressing', new NotReady('is not ready for it')],
  ] as const)('makes the pass %s with %s, and the class of the error is kept', async ([state, error]) => {
    const simulation = new Simulation(types);
    simulation.cloud.fault = failing({ operation: 'create' }, error);
    const result = await simulation.pass({ nodes: [{ id: 'net', type: 'network' }] });
    expect(result.state).toBe(state);
    expect(result.outcomes).toEqual([
      { node: 'net', type: 'network', ready: false, message: `network net ${error.message}`, error },
    ]);
  });

  test('leaves no trace in the memory where nothing can have been created', async () => {
    const simulation = new Simulation(types);
    const spec: FakeObjectSpec = { nodes: [{ id: 'sub', type: 'subnet' }] };
    simulation.cloud.fault = failing({ operation: 'create' }, new AccessDenied('may not be created'));
    await simulation.pass(spec);
    expect(simulation.memory.intents).toEqual({});
    simulation.cloud.fault = failing({ operation: 'create' }, new Error('connection reset'));
    await simulation.pass(spec);
    expect(Object.keys(simulation.memory.intents)).toEqual(['subnet sub']);
    simulation.cloud.fault = () => undefined;
    expect(messagesOf(await simulation.pass(spec))).toEqual([
      'subnet sub may have been created a moment ago and is not visible yet',
    ]);
  });

  test('is not created where its intent could not be made durable', async () => {
    const simulation = new Simulation(types);
    simulation.cloud.fault = failing({ operation: 'persist' }, new Error('disk full'));
    await simulation.pass({ nodes: [{ id: 'sub', type: 'subnet' }] }).catch(() => undefined);
    expect(simulation.cloud.writes).toBe(0);
  });

  test('to be read fails the whole pass before anything is written', async () => {
    const simulation = new Simulation(types);
    simulation.cloud.fault = failing(
      { operation: 'list', type: 'role' },
      new AccessDenied('may not be listed'),
    );
    await expect(simulation.pass(forty)).rejects.toThrow('may not be listed');
    expect(simulation.cloud.writes).toBe(0);
  });

  test('to be changed because AWS is busy wrote nothing, however often it is tried', async () => {
    const simulation = new Simulation(types);
    await simulation.converge({ nodes: [{ id: 'sub', type: 'subnet', settings: { size: 1 } }] });
    const changed: FakeObjectSpec = { nodes: [{ id: 'sub', type: 'subnet', settings: { size: 2 } }] };
    simulation.cloud.fault = failing({ operation: 'update' }, new NotReady('is busy'));
    expect(await simulation.pass(changed)).toMatchObject({ state: 'Progressing', writes: 0 });
    simulation.cloud.fault = () => undefined;
    expect(await simulation.pass(changed)).toMatchObject({ state: 'Progressing', writes: 1 });
  });

  test('because it is gone is looked at again', async () => {
    const simulation = new Simulation(types);
    await simulation.converge({ nodes: [{ id: 'sub', type: 'subnet', settings: { size: 1 } }] });
    simulation.cloud.fault = failing({ operation: 'update' }, new NotFound('is gone'));
    expect(messagesOf(await simulation.pass({ nodes: [{ id: 'sub', type: 'subnet' }] }))).toEqual([
      'subnet sub is gone',
    ]);
  });
});
