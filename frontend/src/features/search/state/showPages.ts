import { writeFilters, type Filters } from '../../../lib/filters';
import { searchListings } from '../../../store/slices/propertySlice';
import type { AppDispatch, RootState } from '../../../store/store';

/** So long the answer that is there serves who comes back to it. */
const FRESH_MS = 5 * 60_000;

/** Asks for what is not there yet of the first `page` pages: nothing, the next one, or all of them. */
export const showPages =
  (filters: Filters, page: number, { again }: { again: boolean }) =>
  (dispatch: AppDispatch, getState: () => RootState) => {
    const { shown, nextCursor } = getState().search;
    const same = shown?.query === writeFilters(filters).toString();
    if (same && shown.page === page && !again && Date.now() - shown.at < FRESH_MS) return null;
    const follows = same && shown.page === page - 1;
    return dispatch(searchListings(follows ? { filters, page, cursor: nextCursor, more: true } : { filters, page: 1, pages: page }));
  };
