import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { Amenity, Loosen, Place, SmartAnswer } from '../../api/wire';
import { writeFilters } from '../../lib/filters';
import { apiThunk } from '../apiThunk';
import type { RootState } from '../store';
import { searchListings } from './propertySlice';

export interface SearchState {
  places: Place[];
  placesLoaded: boolean;
  amenities: Amenity[];
  /** The server stopped counting: the true total is at least `properties.pagination.total`. */
  totalCapped: boolean;
  /** Where the next page of `properties.listings` begins. */
  nextCursor: string | null;
  /** Filters without which more would be found. */
  loosen: Loosen[];
  /** Which search `properties.listings` answers, with how many pages, and since when. */
  shown: { query: string; page: number; at: number } | null;
  /** The sentence that was understood last. */
  asked: string | null;
  answer: SmartAnswer | null;
  /** Not yet written into the address. */
  answerFresh: boolean;
  askError: ApiProblem | null;
}

const initialState: SearchState = {
  places: [],
  placesLoaded: false,
  amenities: [],
  totalCapped: false,
  nextCursor: null,
  loosen: [],
  shown: null,
  asked: null,
  answer: null,
  answerFresh: false,
  askError: null,
};

export const fetchPlaces = apiThunk<Place[]>('search/places', async (_, { api }) => {
  const { data } = await api.get('/properties/places');
  return data.places as Place[];
});

export const fetchAmenities = apiThunk<Amenity[]>('search/amenities', async (_, { api }) => {
  const { data } = await api.get('/properties/amenities');
  return data.amenities;
});

/** Only what was understood is kept: the results come from the ordinary search with these filters. */
export const askForStay = apiThunk<SmartAnswer, string>('search/ask', async (query, { api, signal }) => {
  const { data } = await api.post('/ai/search', { query, per_page: 1 }, { signal });
  const { filters, understood, ignored, interpreter } = data;
  return { filters, understood, ignored, interpreter };
});

const slice = createSlice({
  name: 'search',
  initialState,
  reducers: {
    answerUsed(state) {
      state.answerFresh = false;
    },
    askAgain(state) {
      state.asked = null;
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(fetchPlaces.fulfilled, (state, { payload }) => {
        state.places = payload;
        state.placesLoaded = true;
      })
      .addCase(fetchPlaces.rejected, (state) => {
        state.placesLoaded = true;
      })
      .addCase(fetchAmenities.fulfilled, (state, { payload }) => {
        state.amenities = payload;
      })
      .addCase(searchListings.pending, (state, { meta }) => {
        if (!meta.arg.more) state.shown = null;
      })
      .addCase(searchListings.fulfilled, (state, { meta, payload }) => {
        const { filters, page, pages = 1 } = meta.arg;
        state.shown = { query: writeFilters(filters).toString(), page: page + pages - 1, at: Date.now() };
        state.totalCapped = payload.pagination.total_capped;
        state.nextCursor = payload.next_cursor ?? null;
        if (!payload.follows) state.loosen = payload.loosen ?? [];
      })
      .addCase(askForStay.pending, (state) => {
        state.askError = null;
      })
      .addCase(askForStay.fulfilled, (state, { meta, payload }) => {
        Object.assign(state, { asked: meta.arg, answer: payload, answerFresh: true });
      })
      .addCase(askForStay.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        Object.assign(state, { asked: meta.arg, answer: null, answerFresh: false, askError: payload ?? null });
      });
  },
});

export const { answerUsed, askAgain } = slice.actions;
export const searchReducer = slice.reducer;

export const selectSearch = (state: RootState) => state.search;
export const selectPlaces = (state: RootState) => state.search.places;
export const selectAmenities = (state: RootState) => state.search.amenities;
