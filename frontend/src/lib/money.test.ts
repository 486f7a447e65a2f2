import { expect, test } from 'vitest';
import { formatMoney, formatShortMoney } from './money';

test('whole amounts have no cents, others have two', () => {
  expect(formatMoney(120, 'USD')).toBe('$120');
  expect(formatMoney(1120.5, 'EUR')).toBe('€1,120.50');
  expect(formatMoney(120, 'SGD').replace(/\s/, ' ')).toBe('SGD 120');
});

test('markers have the short sign and no cents', () => {
  expect(formatShortMoney(119.6, 'SGD')).toBe('$120');
});
