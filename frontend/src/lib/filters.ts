import type { Currency, Flexible, Hold, Place, PropertyType, SearchOrder } from '../api/wire';
import type { Day } from './dates';
import * as codecs from './filterCodecs';
import { placeName } from './text';

export type Bbox = [west: number, south: number, east: number, north: number];

export type Spot = [lng: number, lat: number];

/** What the store keeps of a search; all the rest stands in the address alone. */
export interface StoredFilters {
  location: string;
  minPrice: number | null;
  maxPrice: number | null;
  propertyType: PropertyType | '';
  /** Adults and children. */
  maxGuests: number | null;
  amenities: string[];
}

export interface Filters extends StoredFilters {
  /** Which place of the gazetteer `location` is the name of. */
  placeId: string;
  /** What the texts of a listing have to say. */
  words: string;
  checkIn: Day | null;
  checkOut: Day | null;
  /** How far the dates are open: that many days, or any such stay in `months`. */
  flexible: Flexible | '';
  months: string[];
  /** Of the guests. */
  children: number | null;
  infants: number | null;
  pets: number | null;
  bedrooms: number | null;
  beds: number | null;
  bathrooms: number | null;
  /** Of the whole stay. */
  minTotal: number | null;
  maxTotal: number | null;
  /** Of all bounds of prices; else each listing's own. */
  currency: Currency | '';
  minRating: number | null;
  instantBook: boolean;
  freeCancellation: boolean;
  selfCheckIn: boolean;
  accessibility: string[];
  sort: SearchOrder | '';
  bbox: Bbox | null;
  /** Around a point, where no place is named. */
  near: Spot | null;
  /** The sentence that the other filters were read from. */
  ask: string;
}

type HoldStay = Pick<Hold, 'listing_id' | 'check_in' | 'check_out' | 'guest_count'>;

/** Each filter's name in the address, and how it is read and written there. The order is that of the address. */
const address: { [Name in keyof Filters]: readonly [param: string, codec: codecs.Codec<Filters[Name]>] } = {
  ask: ['ask', codecs.text],
  location: ['place', codecs.text],
  placeId: ['place_id', codecs.text],
  words: ['q', codecs.text],
  checkIn: ['check_in', codecs.day],
  checkOut: ['check_out', codecs.day],
  flexible: ['flexible', codecs.flexible],
  months: ['months', codecs.months],
  maxGuests: ['guests', codecs.count],
  children: ['children', codecs.count],
  infants: ['infants', codecs.count],
  pets: ['pets', codecs.count],
  minPrice: ['min_price', codecs.positive],
  maxPrice: ['max_price', codecs.positive],
  minTotal: ['min_total', codecs.positive],
  maxTotal: ['max_total', codecs.positive],
  currency: ['currency', codecs.currency],
  propertyType: ['type', codecs.propertyType],
  bedrooms: ['bedrooms', codecs.count],
  beds: ['beds', codecs.count],
  bathrooms: ['bathrooms', codecs.positive],
  amenities: ['amenities', codecs.list],
  accessibility: ['accessibility', codecs.list],
  minRating: ['min_rating', codecs.rating],
  instantBook: ['instant_book', codecs.flag],
  freeCancellation: ['free_cancellation', codecs.flag],
  selfCheckIn: ['self_check_in', codecs.flag],
  sort: ['sort', codecs.order],
  near: ['near', codecs.spot],
  bbox: ['bbox', codecs.bbox],
};

const names = Object.keys(address) as (keyof Filters)[];

export const storedFilters = ({ location, minPrice, maxPrice, propertyType, maxGuests, amenities }: Filters): StoredFilters => ({
  location,
  minPrice,
  maxPrice,
  propertyType,
  maxGuests,
  amenities,
});

/** Leaves out what the API would refuse: half a stay, a total without one, more children than guests. */
function sensible(read: Filters): Filters {
  const open = read.flexible !== '' && !codecs.isAround(read.flexible);
  const dated = !open && read.checkIn !== null && read.checkOut !== null && read.checkIn < read.checkOut;
  const priced = open || dated;
  return {
    ...read,
    checkIn: dated ? read.checkIn : null,
    checkOut: dated ? read.checkOut : null,
    flexible: priced ? read.flexible : '',
    months: open ? read.months : [],
    minTotal: priced ? read.minTotal : null,
    maxTotal: priced ? read.maxTotal : null,
    currency: read.minPrice || read.maxPrice || (priced && (read.minTotal || read.maxTotal)) ? read.currency : '',
    children: read.children && read.maxGuests && read.children < read.maxGuests ? read.children : null,
    placeId: read.location ? read.placeId : '',
    // Where it makes sense it is the usual order, which is not said.
    sort: read.sort === 'distance' ? '' : read.sort,
  };
}

/** The address bar is the truth of a search: what cannot be read there counts as not set. */
export function readFilters(params: URLSearchParams): Filters {
  const read = names.map((name) => [name, address[name][1].read(params.get(address[name][0]) ?? '')]);
  return sensible(Object.fromEntries(read) as Filters);
}

export const noFilters: Filters = readFilters(new URLSearchParams());
export const noStoredFilters: StoredFilters = storedFilters(noFilters);

export const readPage = (params: URLSearchParams) => Math.max(1, Math.floor(codecs.positive.read(params.get('page') ?? '') ?? 1));

const written = <Name extends keyof Filters>(filters: Filters, name: Name) => address[name][1].write(filters[name]);

/** `page` is how many pages are shown, one below the other. */
export function writeFilters(filters: Filters, page = 1): URLSearchParams {
  const entries = [...names.map((name) => [address[name][0], written(filters, name)]), ['page', page > 1 ? String(page) : '']];
  return new URLSearchParams(entries.filter(([, value]) => value) as [string, string][]);
}

export const findPlace = (places: Place[], location: string) => {
  const wanted = location.trim().toLowerCase();
  return places.find((place) => placeName(place).toLowerCase() === wanted || place.city.toLowerCase() === wanted);
};

export const isFiltered = (filters: Filters) => writeFilters(filters).size > 0;

/** The page of a listing with a stay already chosen. */
export const stayAddress = (listingId: string, checkIn: Day, checkOut: Day, guestCount: number) =>
  `/listings/${listingId}?${writeFilters({ ...noFilters, checkIn, checkOut, maxGuests: guestCount })}`;

/** Where a held stay was chosen. */
export const holdAddress = ({ listing_id, check_in, check_out, guest_count }: HoldStay) => stayAddress(listing_id, check_in, check_out, guest_count);
