import { describe, expect, it } from 'vitest';
import { AccessDenied, Conflict, NotReady, Terminal, Throttled } from '../../controller/engine/errors.ts';
import { findingsOfError, reasonOf, worstOf } from '../../controller/findings.ts';
import { fakeKind, type FakeNode } from '../fake-kind.ts';
import { FakeProduct, thing, types } from './fake-product.ts';
import { environment } from './records.ts';

const outcome = (node: string, error: unknown, ready = false) => ({ node, type: 'server', ready, error });

const servers = (count: number): readonly FakeNode[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `server-${index}`,
    type: 'server',
    settings: { size: 1 },
  }));

describe('An error', () => {
  it.each([
    [new Terminal('NotOwned', 'x'), 'NotOwned', 'Stalled'],
    [new AccessDenied('x'), 'AccessDenied', 'Stalled'],
    [new Throttled('x'), 'Throttled', 'Reconciling'],
    [new Conflict('x'), 'Conflict', 'Reconciling'],
    [new NotReady('x'), 'Progressing', 'Reconciling'],
    [new TypeError('x'), 'Error', 'Reconciling'],
    ['x', 'Error', 'Reconciling'],
  ])('as %o is %s, and %s: what only a person can mend is stalled', (error, reason, type) => {
    expect(reasonOf(error)).toBe(reason);
    expect(findingsOfError(error)).toEqual([
      { type: 'Ready', status: 'False', reason, message: 'x' },
      { type, status: 'True', reason, message: 'x' },
    ]);
  });

  it('that a person has to mend matters more than what time mends', () => {
    const errors = [
      new NotReady('n'),
      new Throttled('t'),
      new Error('e'),
      new AccessDenied('a'),
      new Terminal('NotOwned', 'o'),
    ];
    for (const [index, error] of errors.entries()) {
      const outcomes = errors.slice(0, index + 1).map((each, node) => outcome(String(node), each));
      expect(worstOf(outcomes)).toBe(error);
      expect(worstOf(outcomes.toReversed())).toBe(error);
    }
    expect(worstOf([outcome('a', undefined, true)])).toBeUndefined();
  });
});

describe('What a pass found', () => {
  it('names five, and counts the others', async () => {
    const product = new FakeProduct();
    await product.apply(environment({}, 'Observe'), thing(servers(7)));
    await product.pass();
    const ready = product.condition('Ready');
    expect(ready?.reason).toBe('Differs');
    expect(ready?.message).toMatch(/server-0 needs create; .*server-4 needs create; and 2 more$/);
  });

  it('is told of each part that the object has', async () => {
    const parts = { ComputeReady: ['server-'], StorageReady: ['table-'] };
    const product = new FakeProduct({ ...fakeKind(types), parts });
    product.cloud.fault = ({ operation, node }) =>
      operation === 'create' && node === 'server-1'
        ? { when: 'before', what: new Throttled('slowly') }
        : undefined;
    await product.apply(environment(), thing(servers(2)));
    await product.pass();
    expect(product.condition('ComputeReady')).toMatchObject({
      status: 'False',
      reason: 'Progressing',
      message: expect.stringContaining('server-1'),
    });
    expect(product.condition('StorageReady')).toBeUndefined();
    product.cloud.fault = () => undefined;
    await product.clock.advance(60_000);
    await product.converge();
    expect(product.condition('ComputeReady')).toMatchObject({
      status: 'True',
      message: 'server-0; server-1',
    });
  });

  it('shows what is left to somebody else without calling it drift', async () => {
    const product = new FakeProduct();
    const annotations = { 'fintech.global/ignore': 'server-0.size' };
    await product.apply(environment(), thing(servers(1), { annotations }));
    await product.converge();
    const { id, spec } = product.cloud.find('server-0');
    product.cloud.change(id, { spec: { ...spec, size: 9 } });
    await product.pass();
    expect(product.condition('Ready')?.status).toBe('True');
    expect(product.condition('Drifted')).toMatchObject({
      status: 'False',
      message: 'server server-0: size is 9, should be 1 (ignored)',
    });
  });
});
