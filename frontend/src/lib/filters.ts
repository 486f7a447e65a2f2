import type { Place } from '../api/types';
import { isDay, type Day } from './dates';
import { readPropertyType, type PropertyType } from './propertyTypes';
import { placeName } from './text';

export type Bbox = [west: number, south: number, east: number, north: number];

export interface Filters {
  location: string;
  minPrice: number | null;
  maxPrice: number | null;
  propertyType: PropertyType | '';
  maxGuests: number | null;
  amenities: string[];
  checkIn: Day | null;
  checkOut: Day | null;
  bbox: Bbox | null;
}

export const noFilters: Filters = {
  location: '',
  minPrice: null,
  maxPrice: null,
  propertyType: '',
  maxGuests: null,
  amenities: [],
  checkIn: null,
  checkOut: null,
  bbox: null,
};

const PLACE_RADIUS_KM = 30;

const positive = (text: string | null) => {
  const value = Number(text);
  return text && Number.isFinite(value) && value > 0 ? value : null;
};

function readBbox(text: string | null): Bbox | null {
  const [west, south, east, north] = (text ?? '').split(',').map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) return null;
  const inside = west >= -180 && east <= 180 && south >= -90 && north <= 90;
  return inside && west < east && south < north ? [west, south, east, north] : null;
}

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
    amenities: [],
    checkIn: dated ? checkIn : null,
    checkOut: dated ? checkOut : null,
    bbox: readBbox(params.get('bbox')),
  };
}

export const readPage = (params: URLSearchParams) => Math.max(1, Math.floor(positive(params.get('page')) ?? 1));

export function writeFilters(filters: Filters, page = 1): URLSearchParams {
  const entries: [string, string | number | null][] = [
    ['place', filters.location],
    ['check_in', filters.checkIn],
    ['check_out', filters.checkOut],
    ['guests', filters.maxGuests],
    ['min_price', filters.minPrice],
    ['max_price', filters.maxPrice],
    ['type', filters.propertyType],
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

/** Address and query of the API for a search. The map's view goes before the place's surroundings. */
export function searchRequest(filters: Filters, places: Place[]) {
  const place = findPlace(places, filters.location);
  if (!isFiltered(filters)) return { path: '/properties', params: {} };
  const area = filters.bbox
    ? { bbox: filters.bbox.join(',') }
    : place && { lng: place.center[0], lat: place.center[1], radius_km: PLACE_RADIUS_KM };
  return {
    path: '/properties/search',
    params: {
      ...area,
      min_price: filters.minPrice ?? undefined,
      max_price: filters.maxPrice ?? undefined,
      property_type: filters.propertyType || undefined,
      guests: filters.maxGuests ?? undefined,
      check_in: filters.checkIn ?? undefined,
      check_out: filters.checkOut ?? undefined,
    },
  };
}
