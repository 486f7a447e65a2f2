import { expect, test } from 'vitest';
import { isAmount, smallestAmount } from './currencyDigits';

test.each([
  ['9999', 'JPY', true],
  ['9999.5', 'JPY', false],
  ['0.01', 'EUR', true],
  ['12.345', 'EUR', false],
  ['12.345', 'KWD', true],
  ['12.3456', 'KWD', false],
  ['12.', 'KWD', false],
  ['.5', 'EUR', false],
  ['1e3', 'EUR', false],
  ['-1', 'JPY', false],
  ['', 'EUR', false],
])('%j is an amount of %s: %s', (value, currency, fine) => {
  expect(isAmount(value, currency)).toBe(fine);
});

test('a field steps by the smallest unit', () => {
  expect(['JPY', 'USD', 'KWD'].map(smallestAmount)).toEqual(['1', '0.01', '0.001']);
});
