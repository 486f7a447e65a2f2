import { expect, test } from 'vitest';
import { addDays, addMonths, daysOfMonth, formatFull, formatInstantIn, formatRange, formatTime, isDay, nightsBetween, shiftMonth, today, todayAt, todayIn, weekday } from './dates';

test('a day keeps its number when it is shown, whatever the time zone', () => {
  expect(formatFull('2026-12-04')).toBe('Friday, December 4, 2026');
  expect(formatRange('2026-12-04', '2026-12-06')).toBe('Dec 4 – 6, 2026');
});

test('today is the calendar day on the wall, not the one in Greenwich', () => {
  expect(today(new Date(2026, 0, 31, 23, 59))).toBe('2026-01-31');
  expect(today(new Date(2026, 1, 1, 0, 0))).toBe('2026-02-01');
});

test('counting days crosses months, leap days and clock changes', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  expect(nightsBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(nightsBetween('2026-10-24', '2026-10-26')).toBe(2);
});

test('months start on their first day and end on their last', () => {
  expect(addMonths('2026-11-22', 2)).toBe('2027-01-01');
  expect(shiftMonth('2026-01-31', 1)).toBe('2026-02-28');
  expect(daysOfMonth('2028-02-10')).toHaveLength(29);
  expect(weekday('2026-11-22')).toBe(6);
});

test.each(['2026-02-30', '2026-2-3', '', null, 'tomorrow'])('%s is not a day', (value) => {
  expect(isDay(value)).toBe(false);
});

test.each([
  ['15:00', '3:00 PM'],
  ['00:30', '12:30 AM'],
  ['09:05:00', '9:05 AM'],
])('%s is shown as the other times are', (time, shown) => expect(formatTime(time)).toBe(shown));

test('a zone that the browser does not know is shown as UTC', () => {
  expect(formatInstantIn('2026-12-04T07:00:00Z', 'Asia/Singapore')).toContain('3:00 PM');
  expect(formatInstantIn('2026-12-04T07:00:00Z', 'localtime')).toMatch(/7:00 AM UTC$/);
});

test('today is the day at the place', () => {
  const now = new Date('2026-11-29T22:30:00Z');
  expect(todayIn('Asia/Singapore', now)).toBe('2026-11-30');
  expect(todayIn('Pacific/Honolulu', now)).toBe('2026-11-29');
  expect(todayIn('No/Where', now)).toBe('2026-11-29');
});

test('of a longitude alone the earliest day that it may be there counts', () => {
  expect(todayAt(139.7, new Date('2026-11-29T18:30:00Z'))).toBe('2026-11-30');
  expect(todayAt(-157.8, new Date('2026-11-29T12:00:00Z'))).toBe('2026-11-28');
});
