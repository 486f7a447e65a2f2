import type { Hold, Place, PropertyType } from '../api/wire';
import { isDay, type Day } from './dates';
import { readPropertyType } from './propertyTypes';
import { placeName } from './text';

export type Bbox = [west: number, south: number, east: number, north: number];

export type Spot = [lng: number, lat: number];

/** What the store keeps of a search; dates and the place on the map stand in the address alone. */
export interface StoredFilters {
  location: string;
  minPrice: number | null;
  maxPrice: number | null;
  propertyType: PropertyType | '';
  maxGuests: number | null;
  amenities: string[];
}

export interface Filters extends StoredFilters {
  checkIn: Day | null;
  checkOut: Day | null;
  bbox: Bbox | null;
  /** Around a point, where no place is named. */
  near: Spot | null;
  /** The sentence that the other filters were read from. */
  ask: string;
}

type HoldStay = Pick<Hold, 'listing_id' | 'check_in' | 'check_out' | 'guest_count'>;

export const noStoredFilters: StoredFilters = {
  location: '',
  minPrice: null,
  maxPrice: null,
  propertyType: '',
  maxGuests: null,
  amenities: [],
};

export const noFilters: Filters = { ...noStoredFilters, checkIn: null, checkOut: null, bbox: null, near: null, ask: '' };

export const storedFilters = ({ location, minPrice, maxPrice, propertyType, maxGuests, amenities }: Filters): StoredFilters => ({
  location,
  minPrice,
  maxPrice,
  propertyType,
  maxGuests,
  amenities,
});

const PLACE_RADIUS_KM = 30;

const positive = (text: string | null) => {
  const value = Number(text);
  return text && Number.isFinite(value) && value > 0 ? value : null;
};

function readBbox(text: string | null): Bbox | null {
  const [west, south, east, north] = (text ?? '').split(',').map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) return null;
  // Over the date line west is more than east.
  const inside = Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90;
  return inside && west !== east && south < north ? [west, south, east, north] : null;
}

function readSpot(text: string | null): Spot | null {
  const [lng, lat] = (text || 'x').split(',').map(Number);
  if (lng === undefined || lat === undefined) return null;
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? [lng, lat] : null;
}

const readList = (text: string | null) => [...new Set((text ?? '').split(',').map((word) => word.trim()))].filter(Boolean);

/** The address bar is the truth of a search: what cannot be read there counts as not set. */
export function readFilters(params: URLSearchParams): Filters {
  const checkIn = params.get('check_in');
  const checkOut = params.get('check_out');
  const dated = isDay(checkIn) && isDay(checkOut) && checkIn < checkOut;
  return {
    location: params.get('place') ?? '',
    minPrice: positive(params.get('min_price')),
    maxPrice: positive(params.get('max_price')),
    propertyType: readPropertyType(params.get('type')),
    maxGuests: positive(params.get('guests')),
    amenities: readList(params.get('amenities')),
    checkIn: dated ? checkIn : null,
    checkOut: dated ? checkOut : null,
    bbox: readBbox(params.get('bbox')),
    near: readSpot(params.get('near')),
    ask: params.get('ask') ?? '',
  };
}

export const readPage = (params: URLSearchParams) => Math.max(1, Math.floor(positive(params.get('page')) ?? 1));

export function writeFilters(filters: Filters, page = 1): URLSearchParams {
  const entries: [string, string | number | null][] = [
    ['ask', filters.ask],
    ['place', filters.location],
    ['check_in', filters.checkIn],
    ['check_out', filters.checkOut],
    ['guests', filters.maxGuests],
    ['min_price', filters.minPrice],
    ['max_price', filters.maxPrice],
    ['type', filters.propertyType],
    ['amenities', filters.amenities.join(',')],
    ['near', filters.near?.map((n) => n.toFixed(4)).join(',') ?? null],
    ['bbox', filters.bbox?.map((n) => n.toFixed(4)).join(',') ?? null],
    ['page', page > 1 ? page : null],
  ];
  return new URLSearchParams(entries.filter(([, value]) => value).map(([key, value]) => [key, String(value)]));
}

export const findPlace = (places: Place[], location: string) => {
  const wanted = location.trim().toLowerCase();
  return places.find((place) => placeName(place).toLowerCase() === wanted || place.city.toLowerCase() === wanted);
};

export const isFiltered = (filters: Filters) => writeFilters(filters).size > 0;

function areaOf({ bbox, near, location }: Filters, places: Place[]) {
  if (bbox) return { bbox: bbox.join(',') };
  const center = near ?? findPlace(places, location)?.center;
  if (center) return { lng: center[0], lat: center[1], radius_km: PLACE_RADIUS_KM };
  return location.trim() ? { location: location.trim() } : {};
}

/** Address and query of the API for a search. The map's view goes before a point, a point before a name. */
export function searchRequest(filters: Filters, places: Place[]) {
  if (!isFiltered({ ...filters, ask: '' })) return { path: '/properties', params: {} } as const;
  return {
    path: '/properties/search' as const,
    params: {
      ...areaOf(filters, places),
      min_price: filters.minPrice ?? undefined,
      max_price: filters.maxPrice ?? undefined,
      property_type: filters.propertyType || undefined,
      amenities: filters.amenities.join(',') || undefined,
      guests: filters.maxGuests ?? undefined,
      check_in: filters.checkIn ?? undefined,
      check_out: filters.checkOut ?? undefined,
    },
  };
}

/** The page of a listing with a stay already chosen. */
export const stayAddress = (listingId: string, checkIn: Day, checkOut: Day, guestCount: number) =>
  `/listings/${listingId}?${writeFilters({ ...noFilters, checkIn, checkOut, maxGuests: guestCount })}`;

/** Where a held stay was chosen. */
export const holdAddress = ({ listing_id, check_in, check_out, guest_count }: HoldStay) => stayAddress(listing_id, check_in, check_out, guest_count);
