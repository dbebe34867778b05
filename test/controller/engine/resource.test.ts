import { describe, expect, test } from 'vitest';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType, type FakeType } from '../../fake-types.ts';
import { Simulation, type Result } from './simulation.ts';

const subnet = fakeType('subnet');
const spec: FakeObjectSpec = { nodes: [{ id: 'sub', type: 'subnet' }] };

const messagesOf = (result: Result): readonly string[] =>
  result.outcomes.flatMap(({ message }) => message ?? []);

describe('a resource', () => {
  test('that exists twice is left to a person', async () => {
    const simulation = new Simulation([subnet]);
    await simulation.converge(spec);
    const { tags = {}, spec: settings } = simulation.cloud.find('sub');
    const create = subnet.create(simulation.process, settings, {
      owner: simulation.owner,
      node: 'sub',
      tags,
    });
    await create;
    const error = await simulation.pass(spec).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Terminal);
    expect(error).toMatchObject({
      reason: 'DuplicateResources',
      message:
        'subnet sub exists twice: subnet-1 and subnet-2; delete the wrong one or remove its fintech.global/ tags',
    });
  });

  test('that was just created and is not listed yet is not created again', async () => {
    const simulation = new Simulation([subnet]);
    simulation.cloud.staleness = () => 8_000;
    await simulation.pass(spec);
    for (let second = 0; second < 8; second += 1) {
      expect(messagesOf(await simulation.pass(spec))).toEqual([
        'subnet sub was just created and is not visible yet',
      ]);
      await simulation.clock.advance(1_000);
    }
    expect((await simulation.pass(spec)).state).toBe('InSync');
    expect(simulation.cloud.writes).toBe(1);
  });

  test('that may have been created as late as the end of a call that took long is not created again', async () => {
    const slow: FakeType = {
      ...subnet,
      create: async (process, settings, creation) => {
        await simulation.clock.advance(60_000);
        await subnet.create(process, settings, creation);
        throw new Error('timed out');
      },
    };
    const simulation: Simulation = new Simulation([slow]);
    simulation.cloud.staleness = () => 8_000;
    await simulation.pass(spec);
    await simulation.converge(spec);
    expect(simulation.cloud.resources).toHaveLength(1);
  });

  test('that disappears is made again', async () => {
    const simulation = new Simulation([subnet]);
    await simulation.converge(spec);
    await simulation.clock.advance(60_000);
    simulation.cloud.change(simulation.cloud.find('sub').id, { phase: 'gone' });
    const { writes } = await simulation.pass(spec);
    expect([writes, (await simulation.pass(spec)).state]).toEqual([1, 'InSync']);
  });

  test('keeps the tags of others and loses those of ours that are no longer wanted', async () => {
    const simulation = new Simulation([subnet]);
    const { place } = simulation.request(spec);
    await simulation.pass(spec, { place: { ...place, tags: { team: 'core', cost: '7' } } });
    const { id, tags } = simulation.cloud.find('sub');
    simulation.cloud.setTags(id, { ...tags, theirs: 'x' });
    await simulation.converge(spec);
    expect(simulation.cloud.find('sub').tags).toEqual({
      ManagedBy: 'fintech-controller',
      Name: 'test-one-sub',
      'fintech.global/node': 'sub',
      'fintech.global/owner': 'Thing/test/one',
      team: 'core',
      theirs: 'x',
    });
  });
});
