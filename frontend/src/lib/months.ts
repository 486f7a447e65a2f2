import { addMonths, firstOfMonth, formatMonth, today } from './dates';

/** A calendar month, YYYY-MM. */
export type Month = string;

const PATTERN = /^\d{4}-(0[1-9]|1[0-2])$/;
const BACK = 24;
const AHEAD = 18;
const DEFAULT_BACK = 6;
const DEFAULT_AHEAD = 5;
export const MOST_MONTHS = 24;

export const isMonth = (value: string | null): value is Month => value !== null && PATTERN.test(value);

export const shiftMonths = (month: Month, count: number): Month => addMonths(`${month}-01`, count).slice(0, 7);

export const monthName = (month: Month) => formatMonth(`${month}-01`);

const short = new Intl.DateTimeFormat('en', { month: 'short', year: '2-digit', timeZone: 'UTC' });
export const monthMark = (month: Month) => short.format(new Date(`${month}-01T00:00:00Z`));

const thisMonth = () => firstOfMonth(today()).slice(0, 7);

/** The months that can be chosen, the latest first. */
export const monthChoices = (): Month[] => Array.from({ length: BACK + AHEAD + 1 }, (_, index) => shiftMonths(thisMonth(), AHEAD - index));

/** The range an address asks for, put right: in order, and not longer than the API takes. */
export function readMonths(from: string | null, to: string | null): { from: Month; to: Month } {
  const first = isMonth(from) ? from : shiftMonths(thisMonth(), -DEFAULT_BACK);
  const last = isMonth(to) ? to : shiftMonths(thisMonth(), DEFAULT_AHEAD);
  if (last < first) return { from: first, to: first };
  const longest = shiftMonths(first, MOST_MONTHS - 1);
  return { from: first, to: last > longest ? longest : last };
}
