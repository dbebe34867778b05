import { describe, expect, it } from 'vitest';
import { eventsAfter, withEvent } from '../../controller/events.ts';
import { maximumEvents, type Condition, type ObjectEvent } from '../../controller/object.ts';
import { drift } from './drift-sample.ts';

function condition(type: string, status: 'True' | 'False', message = ''): Condition {
  const lastTransitionTime = '2026-01-01T00:00:00Z';
  return { type, status, reason: 'NotOwned', message, observedGeneration: 1, lastTransitionTime };
}

describe('An event', () => {
  const event = { type: 'Normal', reason: 'Ready', message: 'all is well' } as const;

  it('that says the same as an earlier one counts it up, keeps its first time and becomes the newest', () => {
    const once = withEvent([], event, '2026-01-01T00:00:00Z');
    const between = withEvent(once, { ...event, reason: 'Other' }, '2026-01-01T00:01:00Z');
    expect(withEvent(between, event, '2026-01-01T00:02:00Z')).toMatchObject([
      { reason: 'Other', count: 1 },
      {
        reason: 'Ready',
        count: 2,
        firstTimestamp: '2026-01-01T00:00:00Z',
        lastTimestamp: '2026-01-01T00:02:00Z',
      },
    ]);
  });

  it('pushes out the oldest where there are too many', () => {
    let events: readonly ObjectEvent[] = [];
    for (let index = 0; index <= maximumEvents; index += 1)
      events = withEvent(events, { ...event, message: String(index) }, '2026-01-01T00:00:00Z');
    expect(events).toHaveLength(maximumEvents);
    expect([events.at(0)?.message, events.at(-1)?.message]).toEqual(['1', String(maximumEvents)]);
  });
});

describe('Worth an event is', () => {
  it('each difference that is not ignored, and all corrections together', () => {
    const events = eventsAfter(
      [],
      [],
      [drift, { ...drift, ignored: true }],
      [drift, { ...drift, field: '' }],
    );
    expect(events).toEqual([
      {
        type: 'Warning',
        reason: 'DriftDetected',
        message: 's3/bucket data: versioning is Suspended, should be Enabled (security)',
      },
      {
        type: 'Normal',
        reason: 'DriftCorrected',
        message: 'corrected s3/bucket data.versioning, s3/bucket data',
      },
    ]);
  });

  it('becoming ready, but not staying so', () => {
    const ready = [condition('Ready', 'True', '3 resources')];
    expect(eventsAfter([condition('Ready', 'False')], ready, [], [])).toEqual([
      { type: 'Normal', reason: 'Ready', message: '3 resources' },
    ]);
    expect(eventsAfter(ready, ready, [], [])).toEqual([]);
  });

  it('needing a person, and needing one for something else', () => {
    const stalled = [condition('Stalled', 'True', 'belongs to somebody else')];
    const event = { type: 'Warning', reason: 'NotOwned', message: 'belongs to somebody else' };
    expect(eventsAfter([], stalled, [], [])).toEqual([event]);
    expect(eventsAfter(stalled, stalled, [], [])).toEqual([]);
    expect(eventsAfter([condition('Stalled', 'True', 'before')], stalled, [], [])).toEqual([event]);
  });
});
