import type { SearchQuery } from '../../../api/wire';
import { isFiltered, type Bbox, type Filters } from '../../../lib/filters';
import { usualOrder } from '../state/order';

const NEAR_RADIUS_KM = 30;

/** Where to look: the map's view goes before a point, a point before a place. */
function areaOf({ bbox, near, location, placeId }: Filters): SearchQuery {
  if (bbox) return { bbox: bbox.join(',') };
  if (near) return { lng: near[0], lat: near[1], radius_km: NEAR_RADIUS_KM };
  if (placeId) return { place: placeId };
  return location.trim() ? { location: location.trim() } : {};
}

/** With children the API wants all kinds of guests. */
function guestsOf({ maxGuests, children, infants, pets }: Filters): SearchQuery {
  return {
    guests: maxGuests ?? undefined,
    adults: maxGuests && children ? maxGuests - children : undefined,
    children: children ?? undefined,
    infants: infants ?? undefined,
    pets: pets ?? undefined,
  };
}

/** Said only where it is not what the API does by itself. Near the edge of what is wide it may not be what we think. */
const orderOf = (filters: Filters) => filters.sort || (filters.bbox && usualOrder(filters) === 'recommended' ? 'recommended' : undefined);

/** What the API is asked for a search, but for its page. */
export function searchQuery(filters: Filters): SearchQuery {
  return {
    ...areaOf(filters),
    min_price: filters.minPrice ?? undefined,
    max_price: filters.maxPrice ?? undefined,
    property_type: filters.propertyType || undefined,
    amenities: filters.amenities.join(',') || undefined,
    ...guestsOf(filters),
    check_in: filters.checkIn ?? undefined,
    check_out: filters.checkOut ?? undefined,
    flexible: filters.flexible || undefined,
    months: filters.months.join(',') || undefined,
    q: filters.words.trim() || undefined,
    min_total: filters.minTotal ?? undefined,
    max_total: filters.maxTotal ?? undefined,
    currency: filters.currency || undefined,
    bedrooms: filters.bedrooms ?? undefined,
    beds: filters.beds ?? undefined,
    bathrooms: filters.bathrooms ?? undefined,
    accessibility: filters.accessibility.join(',') || undefined,
    min_rating: filters.minRating ?? undefined,
    instant_book: filters.instantBook || undefined,
    free_cancellation: filters.freeCancellation || undefined,
    self_check_in: filters.selfCheckIn || undefined,
    sort: orderOf(filters),
  };
}

/** Address and query of the API for a search; without any filter it is the list of all. */
export function searchRequest(filters: Filters) {
  if (!isFiltered({ ...filters, ask: '' })) return { path: '/properties', params: {} } as const;
  return { path: '/properties/search' as const, params: searchQuery(filters) };
}

/** The same search in a part of the map. A point has no say there: it was only where to look. */
export const searchQueryIn = (view: Bbox, filters: Filters): SearchQuery => ({
  ...searchQuery({ ...filters, bbox: null, near: null, sort: '' }),
  bbox: view.join(','),
});
