import type { Day } from '../lib/dates';

/** The nights [start, end). What is null is as in the rest of the year. */
export interface Season {
  name: string;
  start: Day;
  end: Day;
  price_per_night: number | null;
  min_nights: number | null;
  max_nights: number | null;
}

/** What a stay costs beside its price a night and its cleaning fee. */
export interface Rates {
  weekend_price: number | null;
  seasons: Season[];
  weekly_discount_percent: number;
  monthly_discount_percent: number;
  tax_per_person_night: number;
  tax_nights_cap: number | null;
}

export type PolicyName = 'flexible' | 'moderate' | 'firm' | 'strict';

/** Which stays are let in. Days of the week count from Monday, 0; none of them means every day. */
export interface HouseRules {
  lead_days: number;
  window_days: number;
  prep_nights: number;
  check_in_days: number[];
  check_out_days: number[];
  instant_book: boolean;
  alteration_consent: boolean;
  cancellation_policy: PolicyName;
}
