import type { SearchOrder } from '../../../api/wire';
import type { Filters } from '../../../lib/filters';

/** A wider part of the map has no nearest places. */
const WIDEST_DEGREES = 12;

/** Who looks around a point or at a part of the map sees the nearest first, unless they choose. */
export function usualOrder({ bbox, near }: Pick<Filters, 'bbox' | 'near'>): SearchOrder {
  if (!bbox) return near ? 'distance' : 'recommended';
  const [west, south, east, north] = bbox;
  const wide = Math.max((east - west + 360) % 360, north - south) > WIDEST_DEGREES || east - west >= 360;
  return wide ? 'recommended' : 'distance';
}
