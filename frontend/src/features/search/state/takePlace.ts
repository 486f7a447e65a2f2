import type { Filters } from '../../../lib/filters';
import type { AppDispatch } from '../../../store/store';
import { searchApi } from '../api/searchApi';

/** What a typed text was taken as, where that reads differently. */
export interface Took {
  typed: string;
  label: string;
}

type Taken = Pick<Filters, 'location' | 'placeId'> & { took: Took | null };

export const isSame = (typed: string, label: string) => typed.trim().toLowerCase() === label.toLowerCase();

/** The best match of a typed text; a text that nobody knows stays as it is. */
export const takePlace =
  (typed: string) =>
  async (dispatch: AppDispatch): Promise<Taken> => {
    const { data } = await dispatch(searchApi.endpoints.suggestPlaces.initiate(typed.trim(), { subscribe: false }));
    const best = data?.[0];
    if (!best) return { location: typed.trim(), placeId: '', took: null };
    return { location: best.label, placeId: best.id, took: isSame(typed, best.label) ? null : { typed: typed.trim(), label: best.label } };
  };
