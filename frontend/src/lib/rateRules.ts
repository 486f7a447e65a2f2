import { decimalsWords, isAmount } from './currencyDigits';
import type { RateDraft, SeasonDraft } from './rateDraft';

export const MOST_SEASONS = 20;
const MOST_DISCOUNT = 90;
const MOST_LEAD_DAYS = 365;
const MOST_WINDOW_DAYS = 730;
const MOST_PREP_NIGHTS = 7;
const WHOLE = /^\d+$/;

type Check = [name: keyof RateDraft, fine: boolean, sentence: string];

const whole = (value: string, least: number, most: number) => WHOLE.test(value) && Number(value) >= least && Number(value) <= most;
const price = (value: string, currency: string) => isAmount(value, currency) && Number(value) > 0;
const empty = (value: string) => value.trim() === '';

function seasonProblem({ name, start, end, price_per_night, min_nights, max_nights }: SeasonDraft, currency: string): string | null {
  if (empty(name)) return 'enter a name.';
  if (!start || !end || start >= end) return 'its end must be after its first night.';
  if (!empty(price_per_night) && !price(price_per_night, currency)) return `enter a price above zero, ${decimalsWords(currency)}, or none.`;
  if (![min_nights, max_nights].every((value) => empty(value) || whole(value, 1, MOST_WINDOW_DAYS))) return 'enter whole numbers of nights, or none.';
  return !empty(min_nights) && !empty(max_nights) && Number(max_nights) < Number(min_nights) ? 'the maximum nights must not be below the minimum.' : null;
}

function seasonsProblem(seasons: SeasonDraft[], currency: string): string | null {
  for (const [index, season] of seasons.entries()) {
    const wrong = seasonProblem(season, currency);
    if (wrong) return `Season ${index + 1}: ${wrong}`;
  }
  const ordered = [...seasons].sort((one, other) => one.start.localeCompare(other.start));
  const overlap = ordered.find((season, index) => index > 0 && season.start < (ordered[index - 1]?.end ?? ''));
  return overlap ? `“${overlap.name}” begins before another season ends.` : null;
}

export function rateChecks(draft: RateDraft, currency: string): Check[] {
  const seasons = seasonsProblem(draft.seasons, currency);
  const decimals = decimalsWords(currency);
  return [
    ['weekend_price', empty(draft.weekend_price) || price(draft.weekend_price, currency), `Enter a price above zero, ${decimals}, or none.`],
    ['seasons', seasons === null, seasons ?? ''],
    ['weekly_discount_percent', whole(draft.weekly_discount_percent, 0, MOST_DISCOUNT), `Enter a whole number from 0 to ${MOST_DISCOUNT}.`],
    ['monthly_discount_percent', whole(draft.monthly_discount_percent, 0, MOST_DISCOUNT), `Enter a whole number from 0 to ${MOST_DISCOUNT}.`],
    ['tax_per_person_night', isAmount(draft.tax_per_person_night, currency), `Enter an amount of zero or more, ${decimals}.`],
    ['tax_nights_cap', empty(draft.tax_nights_cap) || whole(draft.tax_nights_cap, 1, MOST_WINDOW_DAYS), 'Enter a whole number of at least 1, or none.'],
    ['lead_days', whole(draft.lead_days, 0, MOST_LEAD_DAYS), `Enter a whole number from 0 to ${MOST_LEAD_DAYS}.`],
    ['window_days', whole(draft.window_days, 1, MOST_WINDOW_DAYS), `Enter a whole number from 1 to ${MOST_WINDOW_DAYS}.`],
    ['prep_nights', whole(draft.prep_nights, 0, MOST_PREP_NIGHTS), `Enter a whole number from 0 to ${MOST_PREP_NIGHTS}.`],
  ];
}
