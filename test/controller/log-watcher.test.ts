import { beforeEach, describe, expect, it } from 'vitest';
import { LogWatcher } from '../../controller/log-watcher.ts';
import { createLog } from '../../controller/log.ts';
import type { ObjectRecord } from '../../controller/object.ts';
import type { Verdict } from '../../controller/reconciler.ts';
import { manifest, recordOf, setOf } from './records.ts';
import { drift } from './drift-sample.ts';

const key = 'Thing/production/one';
const quiet: Verdict = { wrote: false, appeared: [], corrected: [], removed: false, drift: [] };

let lines: Record<string, unknown>[];
let watcher: LogWatcher;

beforeEach(() => {
  lines = [];
  const write = (line: string): void => void lines.push(JSON.parse(line));
  watcher = new LogWatcher(createLog({ destination: { write } }));
});

function record(ready: 'True' | 'False', message: string): ObjectRecord {
  const made = recordOf(manifest('Thing', 'production', 'one'));
  const reason = ready === 'True' ? 'InSync' : 'Progressing';
  const lastTransitionTime = '2026-01-01T00:00:00Z';
  const condition = {
    type: 'Ready',
    status: ready,
    reason,
    message,
    observedGeneration: 1,
    lastTransitionTime,
  };
  return { ...made, commit: 'abc', status: { ...made.status, conditions: [condition] } };
}

describe('A reconcile', () => {
  it('is one line for each change of state, and none while nothing changes', () => {
    for (const message of ['making it', 'making it', 'nearly there'])
      watcher.reconciled(key, quiet, record('False', message), 0.1);
    for (let pass = 0; pass < 3; pass += 1) watcher.reconciled(key, quiet, record('True', 'well'), 0.1);
    expect(lines).toMatchObject([
      { level: 'info', object: key, ready: 'False', reason: 'Progressing', message: 'making it' },
      { message: 'nearly there' },
      {
        ready: 'True',
        reason: 'InSync',
        generation: 1,
        commit: 'abc',
        seconds: 0.1,
        msg: 'object reconciled',
      },
    ]);
  });

  it('that ends an object says so', () => {
    watcher.reconciled(key, { ...quiet, removed: true }, undefined, 0.1);
    expect(lines).toMatchObject([{ object: key, msg: 'object is gone' }]);
  });

  it('that does not come to its end is an error', () => {
    watcher.crashed(key, new Error('the disk is full'));
    watcher.failed(new Error('another process writes the state'));
    expect(lines).toMatchObject([
      { level: 'error', object: key, error: 'the disk is full' },
      { level: 'fatal', error: 'another process writes the state' },
    ]);
  });
});

it('Drift is a warning with an alert, or a mere line where it is left to somebody else, and so is its correction', () => {
  watcher.drifted(record('True', ''), [drift, { ...drift, node: 'logs', ignored: true }]);
  watcher.reconciled(key, { ...quiet, corrected: [drift] }, undefined, 0.1);
  const place = { object: key, node: 'data', type: 's3/bucket', field: 'versioning' };
  const { ignored: _, ...told } = drift;
  expect(lines).toMatchObject([
    {
      level: 'warn',
      alert: 'DriftDetected',
      generation: 1,
      commit: 'abc',
      ...place,
      ...told,
      msg: 'drift detected',
    },
    { level: 'info', ...place, node: 'logs', msg: 'drift ignored' },
    { level: 'info', ...place, msg: 'drift corrected' },
  ]);
  expect(lines[1]).not.toHaveProperty('alert');
});

it('Problems of the manifests are told when they change, and blocked deletions each time', () => {
  const problem = { file: 'a.yaml', line: 1, column: 2, message: 'required field is missing' };
  const broken = { ...setOf([]), problems: [problem] };
  const blocked = [{ objects: [key], message: 'nothing is deleted' }];
  watcher.synced(broken, []);
  watcher.synced(broken, blocked);
  watcher.synced(setOf([]), blocked);
  watcher.synced(broken, []);
  const read = 'manifests read';
  const alarm = 'nothing is deleted';
  const warning = 'manifest problem';
  expect(lines.map(({ msg }) => msg)).toEqual([warning, read, read, alarm, read, alarm, warning, read]);
  expect(lines[0]).toMatchObject({ level: 'warn', problem: 'a.yaml:1:2: required field is missing' });
  expect(lines[3]).toMatchObject({ level: 'error', alert: 'DeletionBlocked', objects: [key] });
});

it('Of the calls to AWS only those are told that write', () => {
  const call = {
    service: 's3',
    operation: 'PutObject',
    mutating: true,
    outcome: 'success',
    durationMs: 1,
  } as const;
  watcher.call(call);
  watcher.call({ ...call, operation: 'GetObject', mutating: false });
  watcher.call({ ...call, operation: 'GetObject', mutating: false, outcome: 'error' });
  expect(lines).toMatchObject([{ ...call, msg: 'aws call' }]);
});
