import { describe, expect, it } from 'vitest';
import { conditionOf, isTrue, withConditions, type Finding } from '../../controller/conditions.ts';

const first = '2026-01-01T00:00:00Z';
const later = '2026-01-01T00:05:00Z';
const ready: Finding = { type: 'Ready', status: 'True', reason: 'InSync', message: '3 resources' };
const unready: Finding = { type: 'Ready', status: 'False', reason: 'Error', message: 'a bad day' };
const stalled: Finding = { type: 'Stalled', status: 'True', reason: 'NotOwned', message: 'somebody else’s' };

describe('Conditions', () => {
  it('keep the time of their transition while their status stays, whatever else changes', () => {
    const before = withConditions([], [unready], 1, first);
    const [same] = withConditions(
      before,
      [{ ...unready, reason: 'Progressing', message: 'better' }],
      2,
      later,
    );
    expect(same).toEqual({
      type: 'Ready',
      status: 'False',
      reason: 'Progressing',
      message: 'better',
      observedGeneration: 2,
      lastTransitionTime: first,
    });
  });

  it('have a new time of transition when their status changes', () => {
    const before = withConditions([], [unready], 1, first);
    expect(withConditions(before, [ready], 1, later)).toMatchObject([
      { status: 'True', lastTransitionTime: later },
    ]);
  });

  it('go when they are not found any more, and come back as new ones', () => {
    const before = withConditions([], [unready, stalled], 1, first);
    const without = withConditions(before, [ready], 1, later);
    expect(conditionOf(without, 'Stalled')).toBeUndefined();
    expect(isTrue(without, 'Stalled')).toBe(false);
    expect(withConditions(without, [stalled], 1, later)).toMatchObject([{ lastTransitionTime: later }]);
  });

  it('are in the order in which people read them, those of parts last and by name', () => {
    const types = ['StorageReady', 'Paused', 'AccessLogsReady', 'Drifted', 'Stalled', 'Ready', 'Reconciling'];
    const findings = types.map((type) => ({ ...ready, type }));
    expect(withConditions([], findings, 1, first).map(({ type }) => type)).toEqual([
      'Ready',
      'Reconciling',
      'Stalled',
      'Drifted',
      'Paused',
      'AccessLogsReady',
      'StorageReady',
    ]);
  });
});
