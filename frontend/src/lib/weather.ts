import type { DayWeather, Weather } from '../api/wire';
import { formatRange, formatShort, type Day } from './dates';

export const sourceNames: Record<Weather['source'], string> = {
  forecast: 'Forecast',
  'climate-normals': 'Average weather for these days, not a forecast',
};

export interface Spell {
  first: Day;
  last: Day;
  summary: string;
}

/** Days in a row with the same weather become one. */
export function spellsOf(days: DayWeather[]): Spell[] {
  const spells: Spell[] = [];
  for (const { date, summary } of days) {
    const open = spells.at(-1);
    if (open?.summary === summary) open.last = date;
    else spells.push({ first: date, last: date, summary });
  }
  return spells;
}

export const spellName = ({ first, last }: Spell) => (first === last ? formatShort(first) : formatRange(first, last).replace(/, \d{4}$/, ''));
