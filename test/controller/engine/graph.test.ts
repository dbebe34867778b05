import { describe, expect, test } from 'vitest';
import { Graph } from '../../../controller/engine/graph.ts';
import { text } from '../../../controller/engine/ref.ts';
import type { FakeProcess } from '../../fake-cloud.ts';
import { fakeType } from '../../fake-types.ts';

const subnet = fakeType('subnet');
const place = { account: '1', region: 'r', tags: {} };
const newGraph = (): Graph<FakeProcess> =>
  new Graph<FakeProcess>({ kind: 'Thing', namespace: 'test', name: 'one' }, place, [subnet]);

describe('a graph', () => {
  test('refuses two nodes of one name', () => {
    const graph = newGraph();
    graph.add(subnet, 'a', { name: 'a' });
    expect(() => graph.add(subnet, 'a', { name: 'b' })).toThrow('two nodes are called a');
  });

  test('refuses a type that its kind does not declare, because leftovers of it would never be found', () => {
    expect(() => newGraph().add(fakeType('gateway'), 'a', { name: 'a' })).toThrow(
      'gateway is not among the types of Thing',
    );
  });

  test('knows from the references what a node depends on, and what it was told to come after', () => {
    const graph = newGraph();
    const one = graph.add(subnet, 'one', { name: graph.nameOf('one') });
    const two = graph.add(subnet, 'two', { name: text`after-${one.ref('id')}`, peers: [one.ref('arn')] });
    graph.add(subnet, 'three', { name: 'three' }, { after: [two] });
    expect(graph.nodes.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['one', []],
      ['two', ['one']],
      ['three', ['two']],
    ]);
    expect(graph.node('one')?.inputs).toEqual({ name: 'test-one-one' });
  });

  test('knows which other objects a node waits for', () => {
    const graph = newGraph();
    const network = graph.objectRef('Network', 'core');
    graph.add(subnet, 'a', { name: 'a', parent: network.ref<string>('ids.main') });
    expect(graph.node('a')?.waitsFor).toEqual(['Network/test/core']);
  });
});
