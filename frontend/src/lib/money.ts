import { currencyDigits } from './currencyDigits';

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(currency: string, symbol: 'symbol' | 'narrowSymbol') {
  const key = `${currency}:${symbol}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: symbol,
    minimumFractionDigits: currencyDigits(currency),
    maximumFractionDigits: currencyDigits(currency),
    trailingZeroDisplay: 'stripIfInteger',
  });
  formatters.set(key, made);
  return made;
}

export const formatMoney = (amount: number, currency: string) => formatter(currency, 'symbol').format(amount);

/** With its sign, as something that is added. */
export const formatDifference = (amount: number, currency: string) => (amount > 0 ? `+${formatMoney(amount, currency)}` : formatMoney(amount, currency));

/** For map markers, where the currency is clear from the list beside it. */
export const formatShortMoney = (amount: number, currency: string) => formatter(currency, 'narrowSymbol').format(Math.round(amount));

/** For the axis of a chart. */
export const formatCompactMoney = (amount: number, currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol', notation: 'compact', maximumFractionDigits: 1 }).format(amount);
