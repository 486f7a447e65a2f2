import type { Listing, Season } from '../api/wire';
import { addDays, nightsBetween, todayIn, weekday, type Day } from './dates';

/** What bounds a stay at one listing. A stay is half-open: the check-out day is not slept in. */
export interface StayRules {
  firstDay: Day;
  /** The last day on which a stay may begin. */
  lastDay?: Day;
  taken: ReadonlySet<Day>;
  minNights: number;
  maxNights: number | null;
  /** Days of the week, Monday being 0; none of them means every day. */
  checkInDays?: readonly number[];
  checkOutDays?: readonly number[];
  seasons?: readonly Pick<Season, 'start' | 'end' | 'min_nights' | 'max_nights'>[];
}

export interface Stay {
  checkIn: Day | null;
  checkOut: Day | null;
}

const DAYS_OF_WEEK = 7;
const onDay = (days: readonly number[] | undefined, day: Day) => !days?.length || days.includes(weekday(day));

/** Notice and window count from today at the listing, wherever its guest is. */
export const rulesOf = (listing: Listing, taken: ReadonlySet<Day>): StayRules => ({
  firstDay: addDays(todayIn(listing.time_zone), listing.lead_days ?? 0),
  lastDay: listing.window_days === undefined ? undefined : addDays(todayIn(listing.time_zone), listing.window_days),
  taken,
  minNights: listing.min_nights,
  maxNights: listing.max_nights,
  checkInDays: listing.check_in_days,
  checkOutDays: listing.check_out_days,
  seasons: listing.seasons,
});

/** How long a stay may be that begins on a day: the day's season goes before the rest of the year. */
export function lengthFrom(rules: StayRules, checkIn: Day): { least: number; most: number } {
  const season = rules.seasons?.find(({ start, end }) => checkIn >= start && checkIn < end);
  return { least: season?.min_nights ?? rules.minNights, most: season?.max_nights ?? rules.maxNights ?? Infinity };
}

export const isFree = (rules: StayRules, night: Day) => night >= rules.firstDay && !rules.taken.has(night);

export function isStayFree(rules: StayRules, checkIn: Day, checkOut: Day): boolean {
  for (let night = checkIn; night < checkOut; night = addDays(night, 1)) if (!isFree(rules, night)) return false;
  return true;
}

/** An end is looked for among the first seven days that are far enough: one of each day of the week. */
export function canCheckIn(rules: StayRules, day: Day): boolean {
  if (!onDay(rules.checkInDays, day) || (rules.lastDay !== undefined && day > rules.lastDay)) return false;
  const { least } = lengthFrom(rules, day);
  return Array.from({ length: DAYS_OF_WEEK }, (_, more) => addDays(day, least + more)).some((end) => canCheckOut(rules, day, end));
}

export function canCheckOut(rules: StayRules, checkIn: Day, day: Day): boolean {
  const nights = nightsBetween(checkIn, day);
  const { least, most } = lengthFrom(rules, checkIn);
  return nights >= least && nights <= most && onDay(rules.checkOutDays, day) && isStayFree(rules, checkIn, day);
}

/** True when a click on the day would do something. */
export const canPick = (rules: StayRules, stay: Stay, day: Day) =>
  canCheckIn(rules, day) || (!!stay.checkIn && !stay.checkOut && canCheckOut(rules, stay.checkIn, day));

/** The first click starts a stay, the second ends it; an end that cannot be starts a new one. */
export function pickDay(rules: StayRules, stay: Stay, day: Day): Stay {
  if (stay.checkIn && !stay.checkOut && canCheckOut(rules, stay.checkIn, day)) return { ...stay, checkOut: day };
  return canCheckIn(rules, day) ? { checkIn: day, checkOut: null } : stay;
}

interface OwnNights {
  check_in: Day;
  check_out: Day;
}

/** Without the nights that a hold or a booking of one's own takes, and those that are kept free after it. */
export function withoutOwn(taken: readonly Day[], own: OwnNights | null | undefined, prepNights = 0): Day[] {
  if (!own) return [...taken];
  const end = addDays(own.check_out, prepNights);
  return taken.filter((night) => night < own.check_in || night >= end);
}
