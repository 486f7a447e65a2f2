import type { Span } from '../api/wire';
import { addDays, type Day } from './dates';

/** The fewest half-open spans that cover exactly these nights. */
export function spansOf(nights: Day[]): Span[] {
  const spans: Span[] = [];
  for (const night of [...new Set(nights)].sort()) {
    const last = spans.at(-1);
    if (last?.end === night) last.end = addDays(night, 1);
    else spans.push({ start: night, end: addDays(night, 1) });
  }
  return spans;
}

/** Every night from the first to the last, both slept in; the order of the two does not matter. */
export function nightsFromTo(one: Day, other: Day): Day[] {
  const [first, last] = one <= other ? [one, other] : [other, one];
  const nights: Day[] = [];
  for (let night = first; night <= last; night = addDays(night, 1)) nights.push(night);
  return nights;
}

export const nightsOfSpans = (spans: Span[]): Day[] => spans.flatMap(({ start, end }) => nightsFromTo(start, addDays(end, -1)));
