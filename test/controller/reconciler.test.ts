import { beforeEach, describe, expect, it } from 'vitest';
import { AccessDenied, NotReady, Terminal } from '../../controller/engine/errors.ts';
import type { AnyKind } from '../../controller/engine/kind.ts';
import type { FakeProcess } from '../fake-cloud.ts';
import type { Verdict } from '../../controller/reconciler.ts';
import { fakeKind, type FakeNode } from '../fake-kind.ts';
import { FakeProduct, server, thing, types } from './fake-product.ts';
import { environment } from './records.ts';

const table = (zone: string): FakeNode => ({ id: 'data', type: 'table', settings: { zone } });
const both = (zone: string, size: number) => [table(zone), server(size)];
const mode = (name: string) => ({ annotations: { 'fintech.global/mode': name } });

let product: FakeProduct;

beforeEach(() => {
  product = new FakeProduct();
});

/** Somebody else makes the server larger than it should be. */
function meddle(size = 9): void {
  const { id, spec } = product.cloud.find('main');
  product.cloud.change(id, { spec: { ...spec, size } });
}

describe('In mode Enforce', () => {
  it('what a manifest says is made, and reported when AWS has shown it', async () => {
    await product.apply(environment(), thing([server(1)]));
    expect(await product.pass()).toMatchObject({ wrote: true, error: expect.any(NotReady) });
    expect(product.condition('Ready')).toMatchObject({ status: 'False', reason: 'Progressing' });
    expect(await product.pass()).toMatchObject({ wrote: false, resync: 300_000 });
    expect(product.condition('Ready')).toMatchObject({
      status: 'True',
      reason: 'InSync',
      observedGeneration: 1,
    });
    expect(product.record().applied).toEqual({ nodes: [server(1)] });
    expect(product.record().status).toMatchObject({ observedGeneration: 1, ids: { main: 'server-1' } });
  });

  it('what a person has to mend on one resource does not keep the others from being looked at in time', async () => {
    await product.apply(environment(), thing(both('a', 1)));
    await product.converge();
    const { id, tags } = product.cloud.find('data');
    product.cloud.change(id, { tags: { ...tags, 'fintech.global/owner': 'Thing/other/owner' } });
    meddle();
    const verdict = await product.pass();
    expect(verdict).toMatchObject({ error: { reason: 'NotOwned' }, resync: 300_000 });
    expect(product.cloud.find('main').spec.size).toBe(1);
  });

  it('drift is told before the first call that corrects it, and corrected', async () => {
    await product.apply(environment(), thing([server(1)]));
    await product.converge();
    const { writes } = product.cloud;
    meddle();
    const drift = { node: 'main', type: 'server', field: 'size', from: 9, to: 1, severity: 'cost' };
    expect(await product.pass()).toMatchObject({ appeared: [drift], corrected: [], wrote: true });
    expect(product.drifted).toMatchObject([{ drift: [drift], writes }]);
    expect(product.condition('Drifted')).toMatchObject({ status: 'True', reason: 'DriftDetected' });
    expect(await product.pass()).toMatchObject({ appeared: [], corrected: [drift] });
    expect(product.condition('Drifted')).toMatchObject({ status: 'False', reason: 'NoDrift' });
    expect(product.cloud.find('main').spec.size).toBe(1);
    expect(product.record().events.map(({ reason }) => reason)).toEqual([
      'DriftDetected',
      'DriftCorrected',
      'Ready',
    ]);
  });

  it('the correction of something that takes time to be made is told when it is there', async () => {
    await product.apply(environment(), thing([{ id: 'main', type: 'slow' }]));
    await product.converge();
    product.cloud.change(product.cloud.find('main').id, { phase: 'gone' });
    const verdicts: Verdict[] = [];
    do {
      verdicts.push(await product.pass());
      await product.clock.advance(4_000);
    } while (verdicts.at(-1)?.error !== undefined && verdicts.length < 10);
    expect(verdicts.flatMap(({ appeared }) => appeared)).toMatchObject([
      { field: '', from: 'missing', to: 'there' },
    ]);
    expect(verdicts.slice(0, -1).filter(({ drift }) => drift.length === 0)).not.toEqual([]);
    expect(verdicts.slice(0, -1).flatMap(({ corrected }) => corrected)).toEqual([]);
    expect(verdicts.at(-1)?.corrected).toMatchObject([{ field: '', from: 'missing', to: 'there' }]);
  });

  it('what the manifest changes is no drift', async () => {
    await product.apply(environment(), thing([server(1)]));
    await product.converge();
    await product.apply(environment(), thing([server(2)]));
    expect(await product.pass()).toMatchObject({ appeared: [], wrote: true });
    expect(product.drifted).toEqual([]);
  });
});

describe('In modes that write nothing', () => {
  it.each(['Observe', 'Paused'])('%s reports drift and leaves it', async (name) => {
    await product.apply(environment(), thing([server(1)]));
    await product.converge();
    await product.apply(environment(), thing([server(1)], mode(name)));
    const { writes } = product.cloud;
    meddle();
    expect(await product.pass()).toMatchObject({
      appeared: [{ field: 'size' }],
      resync: 300_000,
      wrote: false,
    });
    expect(await product.pass()).toMatchObject({ appeared: [], corrected: [] });
    expect(product.cloud.writes).toBe(writes);
    expect(product.condition('Ready')).toMatchObject({ status: 'False', reason: 'DriftDetected' });
    expect(product.condition('Paused')?.status).toBe(name === 'Paused' ? 'True' : undefined);
  });

  it('a pause with an end is looked at again when it ends, and is over then', async () => {
    const until = new Date(product.clock.now() + 60_000).toISOString();
    await product.apply(
      environment(),
      thing([server(1)], { annotations: { 'fintech.global/paused-until': until } }),
    );
    expect(await product.pass()).toMatchObject({ resync: 60_000, wrote: false });
    await product.clock.advance(60_000);
    expect(await product.pass()).toMatchObject({ wrote: true });
    expect(product.condition('Paused')).toBeUndefined();
  });

  it('nothing is deleted either, and the object says what it waits for', async () => {
    await product.apply(environment({ policy: 'Delete' }), thing([server(1)]));
    await product.converge();
    await product.apply(environment({ policy: 'Delete' }, 'Observe'));
    expect(await product.pass()).toMatchObject({ error: expect.any(Terminal), removed: false });
    expect(product.condition('Stalled')).toMatchObject({ reason: 'DeletionBlocked' });
    expect(product.cloud.resources).toHaveLength(1);
  });
});

describe('When its manifest has gone', () => {
  it.each([
    ['Retain', {}, 1],
    ['Delete', {}, 0],
    ['Retain', { deletionPolicy: 'Delete' }, 0],
    ['Delete', { deletionPolicy: 'Retain' }, 1],
  ])('and its Environment says %s, an object with %j leaves %d resources', async (policy, spec, left) => {
    await product.apply(environment({ policy }), thing([server(1)], { spec }));
    await product.converge();
    await product.apply(environment({ policy }));
    await product.pass();
    expect(await product.pass()).toMatchObject({ removed: true });
    expect(product.objects.get('Thing/production/one')).toBeUndefined();
    expect(product.cloud.resources).toHaveLength(left);
  });

  it('an Environment stays until the last of its objects has gone', async () => {
    await product.apply(environment({ policy: 'Delete' }), thing([server(1)]));
    await product.converge();
    const record = product.record('Environment/production');
    const { metadata } = record;
    await product.objects.put({
      ...record,
      metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    });
    expect(await product.pass('Environment/production')).toMatchObject({ error: expect.any(NotReady) });
    expect(product.condition('Ready', 'Environment/production')?.message).toBe(
      'waits for 1 of its objects to go',
    );
    await product.objects.remove('Thing/production/one');
    expect(await product.pass('Environment/production')).toMatchObject({ removed: true });
  });
});

describe('A change that would destroy data', () => {
  beforeEach(async () => {
    await product.apply(environment(), thing(both('a', 1)));
    await product.converge();
    await product.apply(environment(), thing(both('b', 2)));
  });

  it('is refused, and what was applied before stays protected against drift', async () => {
    expect(await product.pass()).toMatchObject({ error: expect.any(Terminal), wrote: false });
    meddle();
    expect(await product.pass()).toMatchObject({
      appeared: [{ field: 'size', from: 9, to: 1 }],
      wrote: true,
    });
    expect(product.condition('Stalled')).toMatchObject({ reason: 'ApprovalRequired' });
    expect(await product.pass()).toMatchObject({
      corrected: [{ field: 'size' }],
      error: expect.any(Terminal),
    });
    expect(product.cloud.find('main').spec.size).toBe(1);
    expect(product.cloud.find('data').spec.zone).toBe('a');
    expect(product.record().applied).toEqual({ nodes: both('a', 1) });
  });

  it('goes through with the hash that the refusal tells', async () => {
    await product.pass();
    const [, hash = ''] =
      /fintech\.global\/approve: "(\w+)"/.exec(product.condition('Stalled')?.message ?? '') ?? [];
    await product.apply(
      environment(),
      thing(both('b', 2), { annotations: { 'fintech.global/approve': hash } }),
    );
    await product.converge();
    expect(product.cloud.find('data').spec.zone).toBe('b');
    expect(product.condition('Stalled')).toBeUndefined();
  });
});

describe('Every error is told by the status', () => {
  const failures: readonly (readonly [string, string, () => void])[] = [
    [
      'WrongAccount',
      'Stalled',
      () => (product.accountError = new Terminal('WrongAccount', 'another account')),
    ],
    ['Error', 'Reconciling', () => (product.accountError = new Error('the network is down'))],
    ['AccessDenied', 'Stalled', () => failing('list', new AccessDenied('may not list'))],
    ['AccessDenied', 'Stalled', () => failing('create', new AccessDenied('may not create'))],
    ['Error', 'Reconciling', () => failing('create', new Error('a bad day'))],
  ];

  it.each(failures)('%s as %s', async (reason, type, prepare) => {
    await product.apply(environment(), thing([server(1)]));
    prepare();
    const { error } = await product.pass();
    expect(error).toBeInstanceOf(Error);
    expect(product.condition('Ready')).toMatchObject({ status: 'False', reason, observedGeneration: 1 });
    expect(product.condition(type)).toMatchObject({ status: 'True', reason });
    expect(product.condition(type)?.message).not.toBe('');
  });

  it('also a defect in the kind, which stays the error of one object', async () => {
    const kind: AnyKind<FakeProcess> = fakeKind(types);
    product = new FakeProduct({
      ...kind,
      build: (spec, graph) => ('broken' in spec ? broken() : kind.build(spec, graph)),
    });
    await product.apply(
      environment(),
      thing([server(1)], { spec: { broken: true } }),
      thing([server(1)], { name: 'two' }),
    );
    expect(await product.pass()).toMatchObject({ error: expect.any(TypeError) });
    expect(product.condition('Ready')).toMatchObject({
      reason: 'Error',
      message: 'undefined is not a function',
    });
    await product.converge('Thing/production/two');
  });

  it('also that its Environment is missing, and that its kind is not known', async () => {
    await product.apply(thing([server(1)]));
    await product.pass();
    expect(product.condition('Ready')?.message).toBe('waits for Environment/production');
    await product.apply(environment(), { ...thing([server(1)]), kind: 'Other' });
    await product.pass('Other/production/one');
    expect(product.condition('Stalled', 'Other/production/one')).toMatchObject({ reason: 'InvalidSpec' });
  });

  it('but a state that cannot be written is an error of the daemon', async () => {
    await product.apply(environment(), thing([server(1)]));
    product.storeError = new Error('the disk is full');
    await expect(product.pass()).rejects.toThrow('the disk is full');
  });
});

it('A stop in the middle of a pass starts no further write, and the next pass goes on', async () => {
  await product.apply(environment(), thing([table('a'), { ...server(1), peers: ['data'] }]));
  product.cloud.fault = ({ operation }) => {
    if (operation === 'create') product.stopping.abort();
    return undefined;
  };
  await product.pass();
  expect(product.cloud.resources.map(({ node }) => node)).toEqual(['data']);
  expect(product.condition('Ready')?.message).toContain('the daemon is stopping');
});

function failing(operation: 'list' | 'create', what: Error): void {
  product.cloud.fault = (call) => (call.operation === operation ? { when: 'before', what } : undefined);
}

/** As a defect in a kind would. */
function broken(): never {
  throw new TypeError('undefined is not a function');
}
