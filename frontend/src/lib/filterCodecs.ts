/** How values of a search stand in the address. What cannot be read counts as not set. */
import type { Currency, Flexible, SearchOrder } from '../api/wire';
import { isDay, type Day } from './dates';
import type { Bbox, Spot } from './filters';
import { readPropertyType } from './propertyTypes';

export interface Codec<Value> {
  read: (text: string) => Value;
  /** Empty for what is not set. */
  write: (value: Value) => string;
}

const MOST_MONTHS = 3;
const DIGITS = 4;
const orders: readonly SearchOrder[] = ['recommended', 'distance', 'price', 'rating', 'newest'];
const around: readonly Flexible[] = ['1', '2', '3'];
const open: readonly Flexible[] = ['weekend', 'week', 'month'];

/** Whether the dates are open by some days, and not any in some months. */
export const isAround = (flexible: Flexible | '') => flexible !== '' && around.includes(flexible);

const plain = <Value extends string>(read: (text: string) => Value): Codec<Value> => ({ read, write: (value) => value });
const oneOf = <Value extends string>(known: readonly Value[]) => plain<Value | ''>((text) => known.find((one) => one === text) ?? '');
const numeric = (isValid: (value: number) => boolean): Codec<number | null> => ({
  read: (text) => (text && Number.isFinite(Number(text)) && isValid(Number(text)) ? Number(text) : null),
  write: (value) => (value ? String(value) : ''),
});
const words = (text: string) => [...new Set(text.split(',').map((word) => word.trim()))].filter(Boolean);
const degrees = (values: readonly number[] | null) => values?.map((value) => value.toFixed(DIGITS)).join(',') ?? '';

export const text = plain<string>((value) => value);
export const propertyType = plain(readPropertyType);
export const currency = plain<Currency | ''>((value) => (/^[A-Z]{3}$/.test(value) ? (value as Currency) : ''));
export const order = oneOf(orders);
export const flexible = oneOf([...around, ...open]);
export const positive = numeric((value) => value > 0);
export const count = numeric((value) => value > 0 && value <= 50 && Number.isInteger(value));
export const rating = numeric((value) => value > 0 && value <= 5);
export const day: Codec<Day | null> = { read: (value) => (isDay(value) ? value : null), write: (value) => value ?? '' };
export const flag: Codec<boolean> = { read: (value) => value === 'true', write: (value) => (value ? 'true' : '') };
export const list: Codec<string[]> = { read: words, write: (values) => values.join(',') };
export const months: Codec<string[]> = {
  read: (value) => words(value).filter((month) => isDay(`${month}-01`)).slice(0, MOST_MONTHS),
  write: (values) => values.join(','),
};
export const spot: Codec<Spot | null> = { read: readSpot, write: degrees };
export const bbox: Codec<Bbox | null> = { read: readBbox, write: degrees };

function readBbox(value: string): Bbox | null {
  const [west, south, east, north] = value.split(',').map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) return null;
  // Over the date line west is more than east.
  const inside = Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90;
  return inside && west !== east && south < north ? [west, south, east, north] : null;
}

function readSpot(value: string): Spot | null {
  const [lng, lat] = (value || 'x').split(',').map(Number);
  if (lng === undefined || lat === undefined) return null;
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? [lng, lat] : null;
}
