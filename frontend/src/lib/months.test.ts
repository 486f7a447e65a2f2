import { expect, test, vi } from 'vitest';
import { monthChoices, monthMark, monthName, readMonths } from './months';

const at = () => vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00'), toFake: ['Date'] });

test('without a choice it is the last half year and the next', () => {
  at();
  expect(readMonths(null, 'nonsense')).toEqual({ from: '2026-05', to: '2027-04' });
});

test.each([
  ['2026-03', '2026-08', { from: '2026-03', to: '2026-08' }],
  ['2026-08', '2026-03', { from: '2026-08', to: '2026-08' }],
  ['2025-01', '2027-06', { from: '2025-01', to: '2026-12' }],
])('%s to %s', (from, to, range) => {
  at();
  expect(readMonths(from, to)).toEqual(range);
});

test('months have names and a choice', () => {
  at();
  expect([monthName('2026-03'), monthMark('2026-03')]).toEqual(['March 2026', 'Mar 26']);
  expect([monthChoices()[0], monthChoices().at(-1)]).toEqual(['2028-05', '2024-11']);
});
