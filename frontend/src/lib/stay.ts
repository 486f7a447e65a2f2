import { addDays, nightsBetween, type Day } from './dates';

/** What bounds a stay at one listing. A stay is half-open: the check-out day is not slept in. */
export interface StayRules {
  firstDay: Day;
  taken: ReadonlySet<Day>;
  minNights: number;
  maxNights: number | null;
}

export interface Stay {
  checkIn: Day | null;
  checkOut: Day | null;
}

export const isFree = (rules: StayRules, night: Day) => night >= rules.firstDay && !rules.taken.has(night);

export function isStayFree(rules: StayRules, checkIn: Day, checkOut: Day): boolean {
  for (let night = checkIn; night < checkOut; night = addDays(night, 1)) if (!isFree(rules, night)) return false;
  return true;
}

export const canCheckIn = (rules: StayRules, day: Day) => isStayFree(rules, day, addDays(day, rules.minNights));

export function canCheckOut(rules: StayRules, checkIn: Day, day: Day): boolean {
  const nights = nightsBetween(checkIn, day);
  return nights >= rules.minNights && (rules.maxNights === null || nights <= rules.maxNights) && isStayFree(rules, checkIn, day);
}

/** True when a click on the day would do something. */
export const canPick = (rules: StayRules, stay: Stay, day: Day) =>
  canCheckIn(rules, day) || (!!stay.checkIn && !stay.checkOut && canCheckOut(rules, stay.checkIn, day));

/** The first click starts a stay, the second ends it; an end that cannot be starts a new one. */
export function pickDay(rules: StayRules, stay: Stay, day: Day): Stay {
  if (stay.checkIn && !stay.checkOut && canCheckOut(rules, stay.checkIn, day)) return { ...stay, checkOut: day };
  return canCheckIn(rules, day) ? { checkIn: day, checkOut: null } : stay;
}
