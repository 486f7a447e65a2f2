import type { HouseRules, PolicyName, Rates, Season } from '../api/wire';
import type { Day } from './dates';

/** A season as it is typed: an empty number is as in the rest of the year. */
export interface SeasonDraft {
  name: string;
  start: Day;
  end: Day;
  price_per_night: string;
  min_nights: string;
  max_nights: string;
}

/** Rates and house rules in the listing form: numbers that are typed stay text until they are sent. */
export interface RateDraft {
  weekend_price: string;
  seasons: SeasonDraft[];
  weekly_discount_percent: string;
  monthly_discount_percent: string;
  tax_per_person_night: string;
  tax_nights_cap: string;
  lead_days: string;
  window_days: string;
  prep_nights: string;
  check_in_days: number[];
  check_out_days: number[];
  instant_book: boolean;
  alteration_consent: boolean;
  cancellation_policy: PolicyName;
}

export const rateLabels: Record<keyof RateDraft, string> = {
  weekend_price: 'Weekend price',
  seasons: 'Seasons',
  weekly_discount_percent: 'Weekly discount',
  monthly_discount_percent: 'Monthly discount',
  tax_per_person_night: 'Tax per person and night',
  tax_nights_cap: 'Maximum nights taxed',
  lead_days: 'Days of notice',
  window_days: 'Maximum days ahead',
  prep_nights: 'Nights of preparation',
  check_in_days: 'Check-in days',
  check_out_days: 'Check-out days',
  instant_book: 'Instant booking',
  alteration_consent: 'Asked before changes',
  cancellation_policy: 'Cancellation policy',
};

export const newRates = (): RateDraft => ({
  weekend_price: '',
  seasons: [],
  weekly_discount_percent: '0',
  monthly_discount_percent: '0',
  tax_per_person_night: '0',
  tax_nights_cap: '',
  lead_days: '0',
  window_days: '730',
  prep_nights: '0',
  check_in_days: [],
  check_out_days: [],
  instant_book: false,
  alteration_consent: true,
  cancellation_policy: 'moderate',
});

export const newSeason = (): SeasonDraft => ({ name: '', start: '', end: '', price_per_night: '', min_nights: '', max_nights: '' });

const text = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value));
const number = (value: string) => (value.trim() === '' ? null : Number(value));

const seasonDraft = ({ name, start, end, ...season }: Season): SeasonDraft => ({
  name,
  start,
  end,
  price_per_night: text(season.price_per_night),
  min_nights: text(season.min_nights),
  max_nights: text(season.max_nights),
});

export const ratesDraftOf = (listing: Rates & HouseRules): RateDraft => ({
  weekend_price: text(listing.weekend_price),
  seasons: listing.seasons.map(seasonDraft),
  weekly_discount_percent: text(listing.weekly_discount_percent),
  monthly_discount_percent: text(listing.monthly_discount_percent),
  tax_per_person_night: text(listing.tax_per_person_night),
  tax_nights_cap: text(listing.tax_nights_cap),
  lead_days: text(listing.lead_days),
  window_days: text(listing.window_days),
  prep_nights: text(listing.prep_nights),
  check_in_days: listing.check_in_days,
  check_out_days: listing.check_out_days,
  instant_book: listing.instant_book,
  alteration_consent: listing.alteration_consent,
  cancellation_policy: listing.cancellation_policy,
});

/** Seasons go out in the order of their first nights. */
const seasonsOf = (seasons: SeasonDraft[]): Season[] =>
  [...seasons]
    .sort((one, other) => one.start.localeCompare(other.start))
    .map(({ name, start, end, ...season }) => ({
      name: name.trim(),
      start,
      end,
      price_per_night: number(season.price_per_night),
      min_nights: number(season.min_nights),
      max_nights: number(season.max_nights),
    }));

export const ratesBodyOf = (draft: RateDraft): Rates & HouseRules => ({
  weekend_price: number(draft.weekend_price),
  seasons: seasonsOf(draft.seasons),
  weekly_discount_percent: Number(draft.weekly_discount_percent),
  monthly_discount_percent: Number(draft.monthly_discount_percent),
  tax_per_person_night: Number(draft.tax_per_person_night),
  tax_nights_cap: number(draft.tax_nights_cap),
  lead_days: Number(draft.lead_days),
  window_days: Number(draft.window_days),
  prep_nights: Number(draft.prep_nights),
  check_in_days: draft.check_in_days,
  check_out_days: draft.check_out_days,
  instant_book: draft.instant_book,
  alteration_consent: draft.alteration_consent,
  cancellation_policy: draft.cancellation_policy,
});
