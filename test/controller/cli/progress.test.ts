import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Output } from '../../../controller/cli/output.ts';
import { Progress } from '../../../controller/cli/progress.ts';
import { Objects } from '../../../controller/objects.ts';
import type { Verdict } from '../../../controller/reconciler.ts';
import type { ObjectRecord } from '../../../controller/object.ts';
import { manifest, recordOf } from '../records.ts';
import { drift } from '../drift-sample.ts';

const key = 'Thing/production/one';
const quiet: Verdict = { wrote: false, appeared: [], corrected: [], removed: false, drift: [] };

function record(type: string, reason: string, message: string): ObjectRecord {
  const made = recordOf(manifest('Thing', 'production', 'one'));
  const condition = { reason, message, observedGeneration: 1, lastTransitionTime: '2026-01-01T00:00:00Z' };
  const ready = { ...condition, type: 'Ready', status: type === 'Ready' ? 'True' : 'False' } as const;
  const conditions = type === 'Ready' ? [ready] : [ready, { ...condition, type, status: 'True' } as const];
  return { ...made, status: { ...made.status, conditions } };
}

let objects: Objects;
let written: string[];

beforeEach(() => {
  objects = new Objects({ save: async () => undefined, remove: async () => undefined });
  written = [];
});

function output(isTerminal: boolean, columns = 80): Output {
  return { out: (text) => void written.push(text), err: () => undefined, isTerminal, columns };
}

describe('Into a pipe, progress', () => {
  it('is a line for each change of state of an object, and for drift', () => {
    const progress = new Progress(objects, output(false));
    progress.start();
    const made = record('Reconciling', 'Progressing', 'making it');
    progress.reconciled(key, quiet, made);
    progress.reconciled(key, quiet, made);
    progress.drifted(made, [drift]);
    progress.reconciled(key, { ...quiet, corrected: [drift] }, record('Ready', 'InSync', '1 resources'));
    progress.reconciled(key, { ...quiet, removed: true }, undefined);
    progress.stop();
    expect(written.map((line) => line.replace(/^ +\d+\.\ds/, 'T').replaceAll(/ {2,}/g, ' '))).toEqual([
      'T Thing/production/one Progressing making it',
      ' drift: Thing/production/one s3/bucket data: versioning is Suspended, should be Enabled (security)',
      ' corrected: Thing/production/one s3/bucket data.versioning',
      'T Thing/production/one Ready 1 resources',
      'T Thing/production/one Gone',
    ]);
  });
});

describe('On a terminal, progress', () => {
  let raw: string[];

  beforeEach(() => {
    raw = [];
    vi.useFakeTimers();
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      raw.push(String(text));
      return true;
    });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('is a table that is drawn over, no wider than the terminal, and left standing', async () => {
    const progress = new Progress(objects, output(true, 60));
    await objects.put(record('Reconciling', 'Progressing', 'x'.repeat(100)));
    progress.start();
    vi.advanceTimersByTime(250);
    expect(written).toHaveLength(2);
    expect(written[0]).not.toBe(written[1]);
    expect(raw).toEqual(['\u001B[1A\u001B[0J']);
    for (const line of written) expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(60);
    await objects.put(record('Stalled', 'NotOwned', 'somebody else’s'));
    progress.stop();
    vi.advanceTimersByTime(1_000);
    expect(written).toHaveLength(3);
    expect(written.at(-1)).toBe(`\u001B[31m✖\u001B[39m ${key}  ${'NotOwned'.padEnd(16)} somebody else’s`);
  });

  it('keeps notes above the table', async () => {
    const progress = new Progress(objects, output(true));
    await objects.put(record('Ready', 'InSync', 'well'));
    progress.start();
    vi.advanceTimersByTime(150);
    progress.note('something happened');
    progress.stop();
    expect(written.map((line) => (line.includes('✔') ? 'table' : line))).toEqual([
      'table',
      'something happened',
      'table',
      'table',
    ]);
    expect(raw).toHaveLength(2);
  });
});
