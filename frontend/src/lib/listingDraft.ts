import type { NewListing, OwnListing, PropertyType } from '../api/wire';
import { newOptionalTexts, optionalBodyOf, optionalLabels, optionalTextsOf, type OptionalTexts } from './optionalTexts';
import { readPropertyType } from './propertyTypes';
import { newRates, rateLabels, ratesBodyOf, ratesDraftOf, type RateDraft } from './rateDraft';

/** What the listing form holds: numbers that are typed stay text until they are sent. */
export interface ListingDraft extends RateDraft, OptionalTexts {
  title: string;
  description: string;
  arrival_instructions: string;
  property_type: PropertyType;
  address: string;
  area: string;
  city: string;
  state: string;
  country: string;
  lat: string;
  lng: string;
  max_guests: number;
  bedrooms: number | null;
  beds: number | null;
  bathrooms: number | null;
  amenities: string[];
  price_per_night: string;
  cleaning_fee: string;
  currency: string;
  min_nights: string;
  max_nights: string;
  check_in_time: string;
  check_out_time: string;
  time_zone: string;
  is_active: boolean;
}

export type DraftName = keyof ListingDraft;

export const draftLabels: Record<DraftName, string> = {
  title: 'Title',
  description: 'Description',
  arrival_instructions: 'Arrival instructions',
  property_type: 'Type of place',
  address: 'Street and house number',
  area: 'Neighbourhood',
  city: 'City',
  state: 'State or region',
  country: 'Country',
  lat: 'Latitude',
  lng: 'Longitude',
  max_guests: 'Guests',
  bedrooms: 'Bedrooms',
  beds: 'Beds',
  bathrooms: 'Bathrooms',
  amenities: 'Amenities',
  price_per_night: 'Price per night',
  cleaning_fee: 'Cleaning fee',
  currency: 'Currency',
  min_nights: 'Minimum nights',
  max_nights: 'Maximum nights',
  check_in_time: 'Check-in from',
  check_out_time: 'Check-out until',
  time_zone: 'Time zone',
  is_active: 'Published',
  ...optionalLabels,
  ...rateLabels,
};

export const draftNames = Object.keys(draftLabels) as DraftName[];

export const newDraft = (): ListingDraft => ({
  title: '',
  description: '',
  arrival_instructions: '',
  property_type: 'apartment',
  address: '',
  area: '',
  city: '',
  state: '',
  country: '',
  lat: '',
  lng: '',
  max_guests: 2,
  bedrooms: 1,
  beds: 1,
  bathrooms: 1,
  amenities: [],
  price_per_night: '',
  cleaning_fee: '0',
  currency: 'USD',
  min_nights: '1',
  max_nights: '365',
  check_in_time: '15:00',
  check_out_time: '11:00',
  time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  is_active: true,
  ...newOptionalTexts(),
  ...newRates(),
});

const text = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value));

export function draftOf(listing: OwnListing): ListingDraft {
  const { location, capacity } = listing;
  const [lng, lat] = location.coordinates.coordinates;
  return {
    title: listing.title,
    description: listing.description,
    arrival_instructions: listing.arrival_instructions,
    property_type: readPropertyType(listing.property_type) || 'other',
    address: location.address,
    area: location.area,
    city: location.city,
    state: location.state ?? '',
    country: location.country,
    lat: text(lat),
    lng: text(lng),
    max_guests: capacity.max_guests,
    bedrooms: capacity.bedrooms,
    beds: capacity.beds,
    bathrooms: capacity.bathrooms,
    amenities: listing.amenities,
    price_per_night: text(listing.price_per_night),
    cleaning_fee: text(listing.cleaning_fee),
    currency: listing.currency,
    min_nights: text(listing.min_nights),
    max_nights: text(listing.max_nights),
    check_in_time: listing.check_in_time ?? '',
    check_out_time: listing.check_out_time ?? '',
    time_zone: listing.time_zone,
    is_active: listing.is_active,
    ...optionalTextsOf(listing),
    ...ratesDraftOf(listing),
  };
}

export function bodyOf(draft: ListingDraft): NewListing {
  const { title, description, property_type, currency, amenities, check_in_time, check_out_time, time_zone, is_active } = draft;
  const { address, area, city, state, country, max_guests, bedrooms, bathrooms, beds } = draft;
  return {
    title: title.trim(),
    description: description.trim(),
    arrival_instructions: draft.arrival_instructions.trim(),
    property_type,
    price_per_night: Number(draft.price_per_night),
    cleaning_fee: Number(draft.cleaning_fee),
    currency,
    location: {
      address: address.trim(),
      area: area.trim(),
      city: city.trim(),
      state: state.trim(),
      country: country.trim(),
      coordinates: { type: 'Point', coordinates: [Number(draft.lng), Number(draft.lat)] },
    },
    capacity: { max_guests, bedrooms, bathrooms, beds },
    amenities,
    min_nights: Number(draft.min_nights),
    max_nights: Number(draft.max_nights),
    check_in_time,
    check_out_time,
    time_zone,
    is_active,
    ...optionalBodyOf(draft),
    ...ratesBodyOf(draft),
  };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

export const changedNames = (base: ListingDraft, draft: ListingDraft) => draftNames.filter((name) => !same(base[name], draft[name]));

/** Only what was changed is sent, so that what somebody else changed elsewhere stays. */
export function changesOf(base: ListingDraft, draft: ListingDraft): Partial<NewListing> {
  const [before, after] = [bodyOf(base), bodyOf(draft)];
  const names = Object.keys(after) as (keyof NewListing)[];
  return Object.fromEntries(names.filter((name) => !same(before[name], after[name])).map((name) => [name, after[name]]));
}

/** The newer version with what was typed here put over it. */
export const rebase = (base: ListingDraft, mine: ListingDraft, theirs: ListingDraft): ListingDraft => ({
  ...theirs,
  ...Object.fromEntries(changedNames(base, mine).map((name) => [name, mine[name]])),
});
