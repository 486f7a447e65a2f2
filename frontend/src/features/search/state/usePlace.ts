import type { PlaceSuggestion } from '../../../api/wire';
import type { Filters } from '../../../lib/filters';
import { useSuggestPlacesQuery } from '../api/searchApi';
import { isSame, type Took } from './takePlace';

/** The place of a search as the gazetteer knows it, and what was typed where that reads differently. */
export function usePlace({ location, placeId, bbox, near }: Filters, typed: Took | null): { place: PlaceSuggestion | null; took: Took | null } {
  const { currentData = [] } = useSuggestPlacesQuery(location, { skip: !location });
  if (!location || bbox || near) return { place: null, took: null };
  const place = (placeId ? currentData.find(({ id }) => id === placeId) : currentData[0]) ?? null;
  if (typed?.label === location) return { place, took: typed };
  const differs = place !== null && !isSame(location, place.label) && !place.label.toLowerCase().startsWith(`${location.trim().toLowerCase()},`);
  return { place, took: differs ? { typed: location, label: place.label } : null };
}
