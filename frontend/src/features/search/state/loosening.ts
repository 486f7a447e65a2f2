import type { Loosen } from '../../../api/wire';
import type { Filters } from '../../../lib/filters';
import { humanise } from '../../../lib/text';
import { noDates } from './when';

/** What the API calls a filter: how a person reads it, and the search without it. */
const ways: Record<string, readonly [label: string, without: Partial<Filters>]> = {
  dates: ['any dates', { ...noDates, minTotal: null, maxTotal: null }],
  price: ['any price a night', { minPrice: null, maxPrice: null }],
  total_price: ['any total price', { minTotal: null, maxTotal: null }],
  property_type: ['any type of place', { propertyType: '' }],
  guests: ['fewer guests', { maxGuests: null, children: null }],
  bedrooms: ['fewer bedrooms', { bedrooms: null }],
  beds: ['fewer beds', { beds: null }],
  bathrooms: ['fewer bathrooms', { bathrooms: null }],
  min_rating: ['any rating', { minRating: null }],
  instant_book: ['hosts who answer first', { instantBook: false }],
  free_cancellation: ['any cancellation policy', { freeCancellation: false }],
  amenities: ['any amenities', { amenities: [] }],
  self_check_in: ['any check-in', { selfCheckIn: false }],
  pets_allowed: ['no pets', { pets: null }],
};

export interface Way {
  filter: string;
  label: string;
  found: number;
  without: Partial<Filters>;
}

/** Accessibility features come by their own names. */
export function waysOut(loosen: Loosen[], filters: Filters): Way[] {
  return loosen.flatMap(({ filter, found }): Way[] => {
    const known = ways[filter];
    if (known) return [{ filter, found, label: known[0], without: known[1] }];
    if (!filters.accessibility.includes(filter)) return [];
    const left = filters.accessibility.filter((one) => one !== filter);
    return [{ filter, found, label: `without “${humanise(filter)}”`, without: { accessibility: left } }];
  });
}
