import { describe, expect, it } from 'vitest';
import { deletionPolicyOf, ignoredOf, modeOf } from '../../controller/annotations.ts';
import { environmentSpecOf, type EnvironmentSpec } from '../../controller/environment.ts';
import type { ObjectRecord } from '../../controller/object.ts';
import { environment, manifest, recordOf } from './records.ts';

const noon = Date.parse('2026-01-01T12:00:00Z');
const before = '2026-01-01T11:59:59Z';
const after = '2026-01-01T13:00:00+00:00';

function specOf(mode: string): EnvironmentSpec {
  const spec = environmentSpecOf(recordOf(environment({}, mode)));
  if (spec === undefined) throw new Error('an Environment has a spec');
  return spec;
}

function annotated(annotations: Readonly<Record<string, string>>, spec = {}): ObjectRecord {
  return recordOf(manifest('Thing', 'production', 'one', spec, annotations));
}

describe('The mode', () => {
  it.each([
    ['Enforce', {}, 'Enforce'],
    ['Observe', {}, 'Observe'],
    ['Observe', { mode: 'Enforce' }, 'Enforce'],
    ['Enforce', { mode: 'Paused' }, 'Paused'],
    ['Enforce', { mode: 'Enforce', 'paused-until': after }, 'Paused'],
    ['Observe', { 'paused-until': after }, 'Paused'],
    ['Enforce', { mode: 'Observe', 'paused-until': before }, 'Observe'],
    ['Enforce', { mode: 'Paused', 'paused-until': before }, 'Enforce'],
    ['Observe', { mode: 'Paused', 'paused-until': before }, 'Observe'],
    ['Enforce', { 'paused-until': '2026-01-01T12:00:00Z' }, 'Enforce'],
  ])('in an Environment that says %s, with %j, is %s', (mode, annotations, expected) => {
    const entries = Object.entries(annotations).map(([name, value]) => [`fintech.global/${name}`, value]);
    expect(modeOf(annotated(Object.fromEntries(entries)), specOf(mode), noon)).toBe(expected);
  });
});

describe('The deletion policy', () => {
  it.each([
    [{}, 'Retain'],
    [{ deletionPolicy: 'Delete' }, 'Delete'],
    [{ deletionPolicy: 'Retain' }, 'Retain'],
  ])('of an object with %j is %s where the Environment retains', (spec, expected) => {
    expect(deletionPolicyOf(annotated({}, spec), specOf('Enforce'))).toBe(expected);
  });
});

describe('What is ignored', () => {
  it.each([
    [{}, []],
    [{ 'fintech.global/ignore': '' }, []],
    [{ 'fintech.global/ignore': 'data.tags' }, ['data.tags']],
    [
      { 'fintech.global/ignore': ' data.tags.Team , logs.versioning,, ' },
      ['data.tags.Team', 'logs.versioning'],
    ],
  ])('by %j is %j', (annotations, expected) => {
    expect([...ignoredOf(annotated(annotations))]).toEqual(expected);
  });
});
