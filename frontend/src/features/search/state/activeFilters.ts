import { noFilters, type Filters } from '../../../lib/filters';
import { formatMoney } from '../../../lib/money';
import { propertyTypes } from '../../../lib/propertyTypes';
import { humanise } from '../../../lib/text';

/** A filter that is set, as a person reads it, and the search without it. */
export interface ActiveFilter {
  key: string;
  label: string;
  without: Partial<Filters>;
}

type Bound = number | null;

const amount = (value: number, currency: string) => (currency ? formatMoney(value, currency) : String(value));

function range(least: Bound, most: Bound, currency: string) {
  if (least && most) return `${amount(least, currency)} to ${amount(most, currency)}`;
  if (least) return `from ${amount(least, currency)}`;
  return most ? `up to ${amount(most, currency)}` : '';
}

const single = (key: string, label: string | false, without: Partial<Filters>): ActiveFilter[] => (label ? [{ key, label, without }] : []);
const atLeast = (count: Bound, one: string) => count !== null && `${count}+ ${one}${count === 1 ? '' : 's'}`;

function pricesOf({ minPrice, maxPrice, minTotal, maxTotal, currency }: Filters): ActiveFilter[] {
  const night = range(minPrice, maxPrice, currency);
  const total = range(minTotal, maxTotal, currency);
  return [
    ...single('price', night !== '' && `${night} a night`, { minPrice: null, maxPrice: null }),
    ...single('total', total !== '' && `${total} in total`, { minTotal: null, maxTotal: null }),
  ];
}

const roomsOf = ({ bedrooms, beds, bathrooms }: Filters): ActiveFilter[] => [
  ...single('bedrooms', atLeast(bedrooms, 'bedroom'), { bedrooms: null }),
  ...single('beds', atLeast(beds, 'bed'), { beds: null }),
  ...single('bathrooms', atLeast(bathrooms, 'bathroom'), { bathrooms: null }),
];

const bookingOf = ({ instantBook, freeCancellation, selfCheckIn }: Filters): ActiveFilter[] => [
  ...single('instant', instantBook && 'Instant booking', { instantBook: false }),
  ...single('free', freeCancellation && 'Free cancellation', { freeCancellation: false }),
  ...single('self', selfCheckIn && 'Self check-in', { selfCheckIn: false }),
];

const each = (name: 'amenities' | 'accessibility', filters: Filters): ActiveFilter[] =>
  filters[name].map((one) => ({ key: `${name}:${one}`, label: humanise(one), without: { [name]: filters[name].filter((other) => other !== one) } }));

/** What narrows a search beside its place, dates and guests, which its form shows. */
export function activeFilters(filters: Filters): ActiveFilter[] {
  return [
    ...single('area', filters.bbox !== null && 'This part of the map', { bbox: null }),
    ...single('words', filters.words !== '' && `“${filters.words}”`, { words: '' }),
    ...pricesOf(filters),
    ...single('type', filters.propertyType !== '' && propertyTypes[filters.propertyType], { propertyType: '' }),
    ...roomsOf(filters),
    ...single('rating', filters.minRating !== null && `Rated ${filters.minRating} or more`, { minRating: null }),
    ...bookingOf(filters),
    ...each('amenities', filters),
    ...each('accessibility', filters),
  ];
}

/** Of the dialog: all but the area, which the map sets. */
export const narrowing = (filters: Filters) => activeFilters({ ...filters, bbox: null });

/** The search with nothing but its place, dates, guests, area and order. */
export const withoutNarrowing = (filters: Filters): Filters => {
  const { ask, location, placeId, near, bbox, checkIn, checkOut, flexible, months, maxGuests, children, infants, pets, sort } = filters;
  return { ...noFilters, ask, location, placeId, near, bbox, checkIn, checkOut, flexible, months, maxGuests, children, infants, pets, sort };
};
