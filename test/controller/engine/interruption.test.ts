import { describe, expect, it } from 'vitest';
import { planReport } from '../../../controller/cli/plan-report.ts';
import type { FakeNode, FakeObjectSpec } from '../../fake-kind.ts';
import { fakeType } from '../../fake-types.ts';
import { Simulation, type Options } from './simulation.ts';

const types = [fakeType('server'), fakeType('database', { holdsData: true })];

const node = (type: string, settings: FakeNode['settings'] = {}): FakeObjectSpec => ({
  nodes: [{ id: 'it', type, settings: { version: 1, zone: 'a', size: 1, members: ['x'], ...settings } }],
});

async function interruptionOf(from: FakeObjectSpec, to: FakeObjectSpec, options: Options = {}) {
  const simulation = new Simulation(types);
  await simulation.converge(from);
  const plan = await simulation.engine.plan(simulation.request(to, options));
  return planReport('Thing/test/one', plan).steps.map(
    ({ action, interruption }) => `${action} interrupts: ${interruption}`,
  );
}

describe('What a step interrupts', () => {
  const cases: readonly (readonly [string, FakeObjectSpec, FakeObjectSpec, Options, string])[] = [
    ['nothing where it creates', { nodes: [] }, node('server'), {}, 'create interrupts: none'],
    ['nothing where nothing is done', node('server'), node('server'), {}, 'none interrupts: none'],
    [
      'nothing where only tags change',
      node('server'),
      node('server'),
      { place: { account: '123456789012', region: 'eu-central-1', tags: { team: 'other' } } },
      'update interrupts: none',
    ],
    [
      'what its only change does',
      node('server'),
      node('server', { members: ['y'] }),
      {},
      'update interrupts: failover',
    ],
    [
      'the worst of what its changes do',
      node('server'),
      node('server', { size: 2, members: ['y'], version: 2 }),
      {},
      'update interrupts: restart',
    ],
    [
      'nothing of what is left to somebody else',
      node('server'),
      node('server', { size: 2, version: 2 }),
      { ignore: new Set(['it.version']) },
      'update interrupts: none',
    ],
    [
      'by a replacement',
      node('server'),
      node('server', { zone: 'b' }),
      {},
      'replace interrupts: replacement',
    ],
    [
      'its data by a replacement',
      node('database'),
      node('database', { zone: 'b' }),
      {},
      'replace interrupts: data loss',
    ],
    [
      'nothing where it deletes what holds no data',
      node('server'),
      { nodes: [] },
      {},
      'delete interrupts: none',
    ],
    [
      'its data where it deletes it',
      node('database'),
      { nodes: [] },
      { deletionPolicy: 'Delete' },
      'delete interrupts: data loss',
    ],
    ['nothing where it retains', node('database'), { nodes: [] }, {}, 'retain interrupts: none'],
  ];

  it.each(cases)('is %s', async (_, from, to, options, expected) => {
    expect(await interruptionOf(from, to, options)).toEqual([expected]);
  });
});
