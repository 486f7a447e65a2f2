import { expect, test } from 'vitest';
import { canCheckIn, canCheckOut, canPick, lengthFrom, pickDay, withoutOwn, type StayRules } from './stay';

const rules: StayRules = {
  firstDay: '2026-12-01',
  taken: new Set(['2026-12-10']),
  minNights: 2,
  maxNights: 4,
};
const none = { checkIn: null, checkOut: null };

test('a stay may end on a taken day, because that night is not slept', () => {
  expect(canCheckOut(rules, '2026-12-08', '2026-12-10')).toBe(true);
  expect(canCheckOut(rules, '2026-12-08', '2026-12-11')).toBe(false);
});

test('a stay has to fit its shortest and longest length', () => {
  expect(canCheckOut(rules, '2026-12-02', '2026-12-03')).toBe(false);
  expect(canCheckOut(rules, '2026-12-02', '2026-12-06')).toBe(true);
  expect(canCheckOut(rules, '2026-12-02', '2026-12-07')).toBe(false);
});

test('nobody can arrive in the past, on a taken night, or with too few nights before one', () => {
  expect(canCheckIn(rules, '2026-11-30')).toBe(false);
  expect(canCheckIn(rules, '2026-12-10')).toBe(false);
  expect(canCheckIn(rules, '2026-12-09')).toBe(false);
  expect(canCheckIn(rules, '2026-12-11')).toBe(true);
});

test('the second day ends the stay, the third starts a new one', () => {
  const first = pickDay(rules, none, '2026-12-02');
  expect(first).toEqual({ checkIn: '2026-12-02', checkOut: null });
  const second = pickDay(rules, first, '2026-12-05');
  expect(second).toEqual({ checkIn: '2026-12-02', checkOut: '2026-12-05' });
  expect(pickDay(rules, second, '2026-12-06')).toEqual({ checkIn: '2026-12-06', checkOut: null });
});

test('an end beyond a taken night starts anew instead', () => {
  const open = { checkIn: '2026-12-08', checkOut: null };
  expect(pickDay(rules, open, '2026-12-12')).toEqual({ checkIn: '2026-12-12', checkOut: null });
  expect(pickDay(rules, open, '2026-12-10')).toEqual({ checkIn: '2026-12-08', checkOut: '2026-12-10' });
});

test('a taken day can be picked only as an end', () => {
  expect(canPick(rules, none, '2026-12-10')).toBe(false);
  expect(canPick(rules, { checkIn: '2026-12-07', checkOut: null }, '2026-12-10')).toBe(true);
  expect(pickDay(rules, none, '2026-12-10')).toBe(none);
});

test('the season of the first night goes before the rest of the year', () => {
  const seasonal = { ...rules, seasons: [{ start: '2026-12-20', end: '2026-12-27', min_nights: 5, max_nights: null }] };
  expect(lengthFrom(seasonal, '2026-12-19')).toEqual({ least: 2, most: 4 });
  expect(lengthFrom({ ...seasonal, maxNights: null }, '2026-12-20')).toEqual({ least: 5, most: Infinity });
  expect(lengthFrom(seasonal, '2026-12-27')).toEqual({ least: 2, most: 4 });
});

test('stays begin and end on the days of the week that the house has', () => {
  const fridayToMonday = { ...rules, checkInDays: [4], checkOutDays: [0] };
  expect(canCheckIn(fridayToMonday, '2026-12-17')).toBe(false);
  expect(canCheckIn(fridayToMonday, '2026-12-18')).toBe(true);
  expect(canCheckOut(fridayToMonday, '2026-12-18', '2026-12-20')).toBe(false);
  expect(canCheckOut(fridayToMonday, '2026-12-18', '2026-12-21')).toBe(true);
});

test('nobody can begin a stay that no day of the week can end', () => {
  expect(canCheckIn({ ...rules, maxNights: 2, checkOutDays: [0] }, '2026-12-18')).toBe(false);
});

test('a stay begins on the last day of the window, not after it', () => {
  const windowed = { ...rules, lastDay: '2026-12-15' };
  expect([canCheckIn(windowed, '2026-12-15'), canCheckIn(windowed, '2026-12-16')]).toEqual([true, false]);
});

test('own nights and those kept free after them are in the way of nobody', () => {
  const taken = ['2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06', '2026-12-07'];
  expect(withoutOwn(taken, { check_in: '2026-12-04', check_out: '2026-12-06' }, 1)).toEqual(['2026-12-03', '2026-12-07']);
  expect(withoutOwn(taken, null)).toEqual(taken);
});
