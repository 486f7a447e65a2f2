import { expect, test } from 'vitest';
import { nightsFromTo, spansOf } from './spans';

test('nights in any order become the fewest half-open spans', () => {
  expect(spansOf(['2026-12-31', '2026-12-02', '2026-12-01', '2027-01-01', '2026-12-01'])).toEqual([
    { start: '2026-12-01', end: '2026-12-03' },
    { start: '2026-12-31', end: '2027-01-02' },
  ]);
  expect(spansOf([])).toEqual([]);
});

test('a selection holds both its ends, drawn either way', () => {
  const nights = ['2026-11-30', '2026-12-01', '2026-12-02'];
  expect(nightsFromTo('2026-11-30', '2026-12-02')).toEqual(nights);
  expect(nightsFromTo('2026-12-02', '2026-11-30')).toEqual(nights);
  expect(nightsFromTo('2026-12-02', '2026-12-02')).toEqual(['2026-12-02']);
});
