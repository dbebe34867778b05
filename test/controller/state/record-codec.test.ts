import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeRecord,
  encodeRecord,
  sameRecord,
  schemaVersion,
  UnreadableRecord,
} from '../../../controller/state/record-codec.ts';
import { pathOf } from '../../../controller/state/record-path.ts';
import { sampleRecord } from './samples.ts';

const encoded = encodeRecord(sampleRecord());

describe('a record', () => {
  test('is read back as it was written', () => {
    expect(decodeRecord(encoded)).toEqual(sampleRecord());
    const environment = sampleRecord('production', null, 'Environment');
    expect(decodeRecord(encodeRecord(environment))).toEqual(environment);
  });

  test('keeps fields that this version does not know', () => {
    const extended = encoded.replace('"events":[', '"addedLater":{"a":1},"events":[');
    expect(decodeRecord(extended)).toEqual({ ...sampleRecord(), addedLater: { a: 1 } });
  });

  test('that was cut off anywhere is refused', () => {
    fc.assert(
      fc.property(fc.nat({ max: encoded.length - 3 }), (length) => {
        expect(() => decodeRecord(encoded.slice(0, length))).toThrow(UnreadableRecord);
      }),
    );
  });

  test('of another schema version is refused, and the message names both', () => {
    const newer = encoded.replace(`"schemaVersion":${schemaVersion}`, '"schemaVersion":99');
    expect(() => decodeRecord(newer)).toThrow(/schemaVersion is 99.*reads 1/);
  });

  test.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['without a kind', encoded.replace('"kind":"FintechNetwork",', '')],
    ['with a generation that is no number', encoded.replace('"generation":3', '"generation":"3"')],
    ['with an intent that has no time', encoded.replace('"at":2', '"when":2')],
    ['with conditions that are no list', encoded.replace(/"conditions":\[.*?\]/, '"conditions":{}')],
    ['with an unknown condition status', encoded.replace('"status":"True"', '"status":"Maybe"')],
    ['with a label that is no text', encoded.replace('"payments"', '1')],
  ])('%s is refused', (_, text) => {
    expect(() => decodeRecord(text)).toThrow(UnreadableRecord);
  });
});

describe('two records', () => {
  test('are the same when only the time of the last look differs', () => {
    const later = {
      ...sampleRecord(),
      status: { ...sampleRecord().status, lastObservedTime: '2026-02-02T00:00:00Z' },
    };
    expect(sameRecord(sampleRecord(), later)).toBe(true);
  });

  test('are not the same when an intent is added', () => {
    const { memory } = sampleRecord();
    const intents = { ...memory.intents, nat: { type: 'ec2/nat-gateway', at: 5 } };
    expect(sameRecord(sampleRecord(), { ...sampleRecord(), memory: { ...memory, intents } })).toBe(false);
  });
});

describe('the place of a record', () => {
  test('follows from kind, namespace and name', () => {
    expect(pathOf('FintechNetwork/production/core')).toBe('FintechNetwork/production/core.json');
    expect(pathOf('Environment/production')).toBe('Environment/_/production.json');
  });

  test('is never outside of the store', () => {
    expect(pathOf('Kind/../..')).toBe('Kind/%2E./%2E..json');
    expect(pathOf('Kind/a\\b/c%2Fd')).toBe('Kind/a%5Cb/c%252Fd.json');
    expect(() => pathOf('Kind/a/b/c')).toThrow(TypeError);
    expect(() => pathOf('Kind')).toThrow(TypeError);
  });
});
