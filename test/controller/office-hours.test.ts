import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeMoment, openingAt, type OfficeHours } from '../../controller/office-hours.ts';

const workdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];
const allDays = [...workdays, 'Sat', 'Sun'];
const newYork: OfficeHours = {
  timeZone: 'America/New_York',
  days: workdays,
  start: '08:00',
  stop: '20:00',
};
const berlin: OfficeHours = { ...newYork, timeZone: 'Europe/Berlin' };

function opening(hours: OfficeHours, now: string): string {
  const { isOpen, until } = openingAt(hours, Date.parse(now));
  return `${isOpen ? 'open' : 'closed'} until ${new Date(until).toISOString().slice(0, 16)}Z`;
}

describe('Office hours', () => {
  it.each([
    ['before the day begins', newYork, '2026-01-06T12:59:59Z', 'closed until 2026-01-06T13:00Z'],
    ['at their first moment', newYork, '2026-01-06T13:00:00Z', 'open until 2026-01-07T01:00Z'],
    ['at their last moment', newYork, '2026-01-07T00:59:59.999Z', 'open until 2026-01-07T01:00Z'],
    ['when they have just ended', newYork, '2026-01-07T01:00:00Z', 'closed until 2026-01-07T13:00Z'],
    ['on Friday night, over the weekend', newYork, '2026-01-10T01:00:00Z', 'closed until 2026-01-12T13:00Z'],
    ['on Sunday', newYork, '2026-01-11T18:00:00Z', 'closed until 2026-01-12T13:00Z'],
    [
      'on one day of the week, just over',
      { ...newYork, days: ['Wed'] },
      '2026-01-08T01:00:00Z',
      'closed until 2026-01-14T13:00Z',
    ],
  ])('%s', (_, hours, now, expected) => {
    expect(opening(hours, now)).toBe(expected);
  });

  describe('keep the time on the clocks of the place', () => {
    it.each([
      [
        'New York, before clocks go forward',
        newYork,
        '2026-03-07T01:00:00Z',
        'closed until 2026-03-09T12:00Z',
      ],
      ['New York, the Monday after', newYork, '2026-03-09T12:00:00Z', 'open until 2026-03-10T00:00Z'],
      ['New York, before clocks go back', newYork, '2026-10-31T00:00:00Z', 'closed until 2026-11-02T13:00Z'],
      ['New York, the Monday after', newYork, '2026-11-02T13:00:00Z', 'open until 2026-11-03T01:00Z'],
      ['Berlin, before clocks go forward', berlin, '2026-03-27T19:00:00Z', 'closed until 2026-03-30T06:00Z'],
      ['Berlin, before clocks go back', berlin, '2026-10-23T18:00:00Z', 'closed until 2026-10-26T07:00Z'],
    ])('%s', (_, hours, now, expected) => {
      expect(opening(hours, now)).toBe(expected);
    });

    it('also on the day itself, which has an hour more or less', () => {
      const always = { ...berlin, days: allDays, start: '00:00', stop: '12:00' };
      expect(opening(always, '2026-03-28T23:00:00Z')).toBe('open until 2026-03-29T10:00Z');
      expect(opening(always, '2026-10-24T22:00:00Z')).toBe('open until 2026-10-25T11:00Z');
    });
  });

  describe('that fall into the change of the clocks', () => {
    const night = { ...newYork, days: allDays };

    it('begin as much later as clocks go forward', () => {
      const hours = { ...night, start: '02:30', stop: '05:00' };
      expect(opening(hours, '2026-03-08T06:00:00Z')).toBe('closed until 2026-03-08T07:30Z');
    });

    it('are left out where clocks go forward over all of them', () => {
      const hours = { ...night, start: '02:30', stop: '03:00' };
      expect(opening(hours, '2026-03-08T06:00:00Z')).toBe('closed until 2026-03-09T06:30Z');
      const sundays = { ...hours, days: ['Sun'] };
      expect(opening(sundays, '2026-03-01T08:00:00Z')).toBe('closed until 2026-03-15T06:30Z');
    });

    it('begin and end with the first of two equal times', () => {
      const hours = { ...night, start: '01:15', stop: '01:45' };
      expect(opening(hours, '2026-11-01T05:00:00Z')).toBe('closed until 2026-11-01T05:15Z');
      expect(opening(hours, '2026-11-01T05:15:00Z')).toBe('open until 2026-11-01T05:45Z');
      expect(opening(hours, '2026-11-01T06:15:00Z')).toBe('closed until 2026-11-02T06:15Z');
    });

    it('hold where midnight itself is left out', () => {
      const hours = { ...night, timeZone: 'Africa/Cairo', start: '00:00', stop: '08:00' };
      expect(opening(hours, '2026-04-23T20:00:00Z')).toBe('closed until 2026-04-23T22:00Z');
      expect(opening(hours, '2026-04-23T22:00:00Z')).toBe('open until 2026-04-24T05:00Z');
    });
  });

  it('never end without the next ones beginning, wherever and whenever', () => {
    const moment = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2030, 0, 1) });
    const zone = fc.constantFrom(
      'America/New_York',
      'Europe/Berlin',
      'Africa/Cairo',
      'Australia/Lord_Howe',
      'UTC',
    );
    const days = fc.subarray(allDays, { minLength: 1 });
    const minutes = fc.uniqueArray(fc.nat(24 * 60 - 1), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(moment, zone, days, minutes, (now, timeZone, on, times) => {
        const [start = '', stop = ''] = times.toSorted((one, other) => one - other).map(clockTime);
        const hours = { timeZone, days: on, start, stop };
        const { isOpen, until } = openingAt(hours, now);
        expect(until).toBeGreaterThan(now);
        expect(until - now).toBeLessThanOrEqual(15 * 86_400_000);
        // It holds to its last moment, and not a moment longer.
        expect(openingAt(hours, until - 1)).toEqual({ isOpen, until });
        expect(openingAt(hours, until).isOpen).toBe(!isOpen);
      }),
      { numRuns: 300 },
    );
  });
});

it('A moment is described as people of its time zone read it', () => {
  expect(describeMoment(Date.parse('2026-01-12T13:00:00Z'), 'America/New_York')).toBe(
    'Monday 12 January 2026, 08:00 (America/New_York)',
  );
  expect(describeMoment(Date.parse('2026-07-13T06:00:00Z'), 'Europe/Berlin')).toBe(
    'Monday 13 July 2026, 08:00 (Europe/Berlin)',
  );
});

function clockTime(minutes: number): string {
  return new Date(minutes * 60_000).toISOString().slice(11, 16);
}
