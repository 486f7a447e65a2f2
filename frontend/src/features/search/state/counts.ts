import type { Currency, Facets, SearchQuery } from '../../../api/wire';
import { isAround } from '../../../lib/filterCodecs';
import type { Filters } from '../../../lib/filters';
import { searchQuery } from '../api/request';

/** A price that is looked for is that of the whole stay, once it is known which stay. */
export const hasOneStay = ({ checkIn, flexible }: Filters) => checkIn !== null && flexible === '';
export const hasStay = ({ checkIn, flexible }: Filters) => checkIn !== null || (flexible !== '' && !isAround(flexible));

const isBounded = ({ minPrice, maxPrice, minTotal, maxTotal }: Filters) => Boolean(minPrice || maxPrice || minTotal || maxTotal);

/** Counts of what the filters leave. Without a bound the currency is only that of the bars. */
export const countQuery = (filters: Filters, currency: Currency): SearchQuery =>
  searchQuery({ ...filters, sort: '', currency: isBounded(filters) ? filters.currency : currency });

/** Counts of what a price and a type are chosen from: whatever these two are now. */
export const rangeQuery = (filters: Filters, currency: Currency): SearchQuery =>
  countQuery({ ...filters, minPrice: null, maxPrice: null, minTotal: null, maxTotal: null, propertyType: '' }, currency);

export const countOf = (counts: { value: string; count: number }[] | undefined, value: string) =>
  counts && (counts.find((one) => one.value === value)?.count ?? 0);

const FREE = ['flexible', 'moderate'];
export const freeCount = (facets: Facets | undefined) =>
  facets?.policies.filter(({ value }) => FREE.includes(value)).reduce((sum, { count }) => sum + count, 0);

/** A currency counts with a bound of a price alone. */
export const tidied = (filters: Filters): Filters => (isBounded(filters) ? filters : { ...filters, currency: '' });

/** From more than up to, which nobody can mean. */
export const isCrossed = (least: number | null, most: number | null) => least !== null && most !== null && least > most;
