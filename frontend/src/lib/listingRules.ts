import { decimalsWords, isAmount } from './currencyDigits';
import type { DraftName, ListingDraft } from './listingDraft';
import { rateChecks } from './rateRules';

export const LONGEST_TITLE = 200;
export const LONGEST_DESCRIPTION = 10_000;
export const LONGEST_INSTRUCTIONS = 5_000;
export const MOST_GUESTS = 50;
const WHOLE = /^\d+$/;

type Problems = Partial<Record<DraftName, string[]>>;

const inside = (value: string, limit: number) => value.trim() !== '' && Math.abs(Number(value)) <= limit;

/** What is plainly wrong before anything is sent; the API has the last word. */
export function draftProblems(draft: ListingDraft): Problems {
  const decimals = decimalsWords(draft.currency);
  const checks: [DraftName, boolean, string][] = [
    ['title', draft.title.trim() !== '', 'Enter a title.'],
    ['city', draft.city.trim() !== '', 'Enter the city.'],
    ['country', draft.country.trim() !== '', 'Enter the country.'],
    ['lat', inside(draft.lat, 90) && inside(draft.lng, 180), 'Mark the place on the map, or type its latitude and longitude in degrees.'],
    ['price_per_night', isAmount(draft.price_per_night, draft.currency) && Number(draft.price_per_night) > 0, `Enter a price above zero, ${decimals}.`],
    ['cleaning_fee', isAmount(draft.cleaning_fee || '0', draft.currency), `Enter an amount of zero or more, ${decimals}.`],
    ['min_nights', WHOLE.test(draft.min_nights) && Number(draft.min_nights) >= 1, 'Enter a whole number of at least 1.'],
    ['max_nights', WHOLE.test(draft.max_nights) && Number(draft.max_nights) >= Number(draft.min_nights), 'Enter a whole number, not below the minimum nights.'],
    ['check_in_time', draft.check_in_time !== '', 'Choose a time.'],
    ['check_out_time', draft.check_out_time !== '', 'Choose a time.'],
    ...rateChecks(draft, draft.currency),
  ];
  return Object.fromEntries(checks.filter(([, fine]) => !fine).map(([name, , sentence]) => [name, [sentence]]));
}

const NESTED: Partial<Record<string, DraftName>> = { coordinates: 'lat', location: 'city', capacity: 'max_guests' };

/** The API's names of fields, which may be nested ones, as the form's. */
export function fieldsOfApi(fields: Record<string, string[]>, names: DraftName[]): Problems {
  const known: Problems = {};
  for (const [path, sentences] of Object.entries(fields)) {
    const last = path.split('.').find((part) => names.includes(part as DraftName)) ?? path.split('.').at(-1) ?? path;
    const name = names.find((each) => each === last) ?? NESTED[last];
    if (name) known[name] = [...(known[name] ?? []), ...sentences];
  }
  return known;
}
