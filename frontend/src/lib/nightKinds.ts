import type { NightKind, OwnNight } from '../api/wire';
import type { Day } from './dates';

export type NightsByDay = Record<Day, OwnNight>;

/** Each kind of a night has a word and a sign besides its colour. */
export const nightKinds: Record<NightKind | 'free', { label: string; spoken: string; sign: string; look: string }> = {
  free: { label: 'Free', spoken: 'free', sign: '', look: 'border border-line bg-surface text-ink' },
  booking: { label: 'Booked', spoken: 'booked', sign: '●', look: 'bg-pine-700 text-white' },
  hold: { label: 'Requested', spoken: 'requested', sign: '?', look: 'border border-apricot-800 bg-apricot-100 text-apricot-800' },
  block: { label: 'Blocked by you', spoken: 'blocked by you', sign: '✕', look: 'night-hatched border border-edge text-ink' },
  external: { label: 'Other calendar', spoken: 'taken in another calendar', sign: '⇄', look: 'border-2 border-dashed border-edge bg-mist text-ink' },
  prep: { label: 'Preparation', spoken: 'kept for preparation', sign: '–', look: 'bg-mist text-muted' },
};

export const kindOf = (nights: NightsByDay, day: Day): keyof typeof nightKinds => nights[day]?.kind ?? 'free';

/** How many of these nights are of each kind, in the order of the legend. */
export function countKinds(nights: NightsByDay, days: Day[]) {
  const kinds = Object.keys(nightKinds) as (keyof typeof nightKinds)[];
  return kinds
    .map((kind) => ({ kind, count: days.filter((day) => kindOf(nights, day) === kind).length }))
    .filter(({ count }) => count > 0);
}

/** The bookings that hold some of these nights, each with the nights it holds here. */
export function bookingsOf(nights: NightsByDay, days: Day[]): { id: string; first: Day; last: Day }[] {
  const found = new Map<string, { id: string; first: Day; last: Day }>();
  for (const day of days) {
    const id = nights[day]?.booking_id;
    if (!id) continue;
    const known = found.get(id);
    found.set(id, { id, first: known?.first ?? day, last: day });
  }
  return [...found.values()];
}
