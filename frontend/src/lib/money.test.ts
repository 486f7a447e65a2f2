import { expect, test } from 'vitest';
import { formatMoney, formatShortMoney } from './money';

test('whole amounts have no cents, others have two', () => {
  expect(formatMoney(120, 'USD')).toBe('$120');
  expect(formatMoney(1120.5, 'EUR')).toBe('€1,120.50');
  expect(formatMoney(120, 'SGD').replace(/\s/, ' ')).toBe('SGD 120');
});

test.each([
  [9_999, 'JPY', '¥9,999'],
  [25_000_000, 'VND', '₫25,000,000'],
  [12.345, 'KWD', 'KWD 12.345'],
  [12.5, 'KWD', 'KWD 12.500'],
  [1.234, 'IQD', 'IQD 1.234'],
  [12.5, 'HUF', 'HUF 12.50'],
  [1_500_000.5, 'IDR', 'IDR 1,500,000.50'],
])('%d %s has the decimals that ISO 4217 gives it, whatever the browser knows', (amount, currency, shown) => {
  expect(formatMoney(amount, currency).replace(/\s/, ' ')).toBe(shown);
});

test('markers have the short sign and no cents', () => {
  expect(formatShortMoney(119.6, 'SGD')).toBe('$120');
});
