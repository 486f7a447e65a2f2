import type { Flexible } from '../../../api/wire';
import { addMonths, firstOfMonth, formatMonth, formatRange, formatShort, type Day } from '../../../lib/dates';
import { isAround } from '../../../lib/filterCodecs';
import type { Filters } from '../../../lib/filters';

export type When = Pick<Filters, 'checkIn' | 'checkOut' | 'flexible' | 'months'>;

export const noDates: When = { checkIn: null, checkOut: null, flexible: '', months: [] };
export const MOST_MONTHS = 3;
const MONTHS_AHEAD = 12;

export const exactness: readonly (readonly [Flexible | '', string])[] = [
  ['', 'Exact dates'],
  ['1', '± 1 day'],
  ['2', '± 2 days'],
  ['3', '± 3 days'],
];

export const lengths: readonly (readonly [Flexible, string])[] = [
  ['weekend', 'A weekend'],
  ['week', 'A week'],
  ['month', 'A month'],
];

export const monthsFrom = (today: Day) =>
  Array.from({ length: MONTHS_AHEAD }, (_, ahead) => addMonths(firstOfMonth(today), ahead)).map((first) => [first.slice(0, 7), formatMonth(first)] as const);

const nameOf = (known: readonly (readonly [string, string])[], value: string) => known.find(([one]) => one === value)?.[1] ?? '';
const monthsText = (months: string[]) => (months.length ? `in ${months.map((month) => formatMonth(`${month}-01`)).join(', ')}` : 'in the next three months');

const exactnessText = (flexible: When['flexible']) => (flexible ? ` ${nameOf(exactness, flexible)}` : '');

/** Null while nothing is chosen. */
export function whenText({ checkIn, checkOut, flexible, months }: When): string | null {
  if (flexible && !isAround(flexible)) return `${nameOf(lengths, flexible)} ${monthsText(months)}`;
  return checkIn && checkOut ? `${formatRange(checkIn, checkOut)}${exactnessText(flexible)}` : null;
}

/** For a narrow field, while it is being chosen too. */
export function shortWhenText(when: When): string {
  const { checkIn, checkOut, flexible } = when;
  if (flexible && !isAround(flexible)) return nameOf(lengths, flexible);
  if (!checkIn) return 'Any dates';
  return `${formatShort(checkIn)} – ${checkOut ? formatShort(checkOut) : '…'}${exactnessText(flexible)}`;
}
