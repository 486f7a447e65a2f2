import type { SmartAnswer, Understood, UnderstoodFilters } from '../api/wire';
import { formatRange, isDay } from './dates';
import { noFilters, type Filters } from './filters';
import { propertyTypes, readPropertyType } from './propertyTypes';
import { guests, humanise } from './text';

const positive = (value: unknown) => (typeof value === 'number' && value > 0 ? value : null);

/** What the interpreter understood, as the filters that the search uses. */
export function toFilters(found: UnderstoodFilters): Partial<Filters> {
  const { check_in: checkIn, check_out: checkOut } = found;
  const dated = isDay(checkIn) && isDay(checkOut) && checkIn < checkOut;
  return {
    location: found.location ?? '',
    placeId: '',
    checkIn: dated ? checkIn : null,
    checkOut: dated ? checkOut : null,
    maxGuests: positive(found.guests),
    minPrice: positive(found.min_price),
    maxPrice: positive(found.max_price),
    propertyType: readPropertyType(found.property_type ?? null),
    amenities: found.amenities ?? [],
  };
}

export interface Chip {
  key: string;
  label: string;
  words: string;
  /** The filters without it. */
  without: Partial<Filters>;
}

type Field = keyof UnderstoodFilters;
const dates = { checkIn: null, checkOut: null };

const labels: Record<Field, (filters: Filters) => string | null> = {
  location: ({ location }) => location || null,
  check_in: ({ checkIn, checkOut }) => (checkIn && checkOut ? formatRange(checkIn, checkOut) : null),
  check_out: ({ checkIn, checkOut }) => (checkIn && checkOut ? formatRange(checkIn, checkOut) : null),
  guests: ({ maxGuests }) => (maxGuests ? guests(maxGuests) : null),
  min_price: ({ minPrice }) => (minPrice ? `from ${minPrice} a night` : null),
  max_price: ({ maxPrice }) => (maxPrice ? `up to ${maxPrice} a night` : null),
  property_type: ({ propertyType }) => (propertyType ? propertyTypes[propertyType] : null),
  amenities: () => null,
};

const cleared: Record<Field, Partial<Filters>> = {
  location: { location: '', placeId: '' },
  check_in: dates,
  check_out: dates,
  guests: { maxGuests: null },
  min_price: { minPrice: null },
  max_price: { maxPrice: null },
  property_type: { propertyType: '' },
  amenities: { amenities: [] },
};

const wordsFor = (understood: Understood[], field: Field, value?: string) =>
  understood.find((one) => one.field === field && (value === undefined || [one.value].flat().includes(value)))?.text ?? '';

/** The understood filters that still hold: one that was changed by hand since is no longer a chip. */
export function chipsOf(understood: Understood[], found: UnderstoodFilters, filters: Filters): Chip[] {
  const asked = { ...noFilters, ...toFilters(found) };
  const fields = (Object.keys(cleared) as Field[]).filter((field) => field !== 'check_out');
  const plain = fields.flatMap((field): Chip[] => {
    const label = labels[field](asked);
    const holds = label !== null && label === labels[field](filters);
    return holds ? [{ key: field, label, words: wordsFor(understood, field), without: cleared[field] }] : [];
  });
  const held = asked.amenities.filter((amenity) => filters.amenities.includes(amenity));
  const amenities = held.map((amenity): Chip => ({
    key: `amenity:${amenity}`,
    label: humanise(amenity),
    words: wordsFor(understood, 'amenities', amenity),
    without: { amenities: filters.amenities.filter((known) => known !== amenity) },
  }));
  return [...plain, ...amenities];
}

/** What the sentence's own chips say already. */
export const understoodLabels = ({ understood, filters: found }: Pick<SmartAnswer, 'understood' | 'filters'>, filters: Filters) =>
  chipsOf(understood, found, filters).map(({ label }) => label);
