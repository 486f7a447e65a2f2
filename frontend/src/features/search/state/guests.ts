import type { Filters } from '../../../lib/filters';

export type Guests = Pick<Filters, 'maxGuests' | 'children' | 'infants' | 'pets'>;
type Kind = 'adults' | 'children' | 'infants' | 'pets';

export const MOST_GUESTS = 16;
export const MOST_INFANTS = 5;
export const MOST_PETS = 5;

export const countsOf = ({ maxGuests, children, infants, pets }: Guests) => ({
  adults: (maxGuests ?? 0) - (children ?? 0),
  children: children ?? 0,
  infants: infants ?? 0,
  pets: pets ?? 0,
});

/** Whoever brings somebody along is one adult at least. */
export function withCount(guests: Guests, kind: Kind, count: number): Guests {
  const counts = { ...countsOf(guests), [kind]: count };
  const alone = counts.children + counts.infants + counts.pets === 0;
  const adults = alone ? counts.adults : Math.max(1, counts.adults);
  return {
    maxGuests: adults + counts.children || null,
    children: counts.children || null,
    infants: counts.infants || null,
    pets: counts.pets || null,
  };
}

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Null for anybody. */
export function guestsText({ maxGuests, infants, pets }: Guests): string | null {
  const parts = [maxGuests && plural(maxGuests, 'guest'), infants && plural(infants, 'infant'), pets && plural(pets, 'pet')].filter(Boolean);
  return parts.join(', ') || null;
}
