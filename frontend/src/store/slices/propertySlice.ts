import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { Listing, ListingCard, PageOf, Place, Review } from '../../api/types';
import type { Filters } from '../../lib/filters';
import { noFilters, searchRequest } from '../../lib/filters';
import { addDays, today } from '../../lib/dates';
import { apiThunk } from '../apiThunk';
import { toPagination, type Pagination } from '../pagination';
import type { RootState } from '../store';
import { fetchQuote } from './bookingThunks';

export const LISTINGS_PER_PAGE = 20;
const REVIEWS_PER_PAGE = 6;
const CALENDAR_DAYS = 365;

export interface PropertyState {
  listings: ListingCard[];
  selectedProperty: Listing | null;
  filters: Filters;
  pagination: Pagination;
  loading: boolean;
  error: ApiProblem | null;
  places: Place[];
  placesLoaded: boolean;
  takenNights: string[];
  reviews: Review[];
  reviewsPagination: Pagination;
}

const emptyPage = (perPage: number): Pagination => ({ page: 1, perPage, total: 0, hasNext: false, totalCapped: false });

const union = (known: string[], more: string[]) => [...new Set([...known, ...more])].sort();

const initialState: PropertyState = {
  listings: [],
  selectedProperty: null,
  filters: noFilters,
  pagination: emptyPage(LISTINGS_PER_PAGE),
  loading: true,
  error: null,
  places: [],
  placesLoaded: false,
  takenNights: [],
  reviews: [],
  reviewsPagination: emptyPage(REVIEWS_PER_PAGE),
};

export const searchListings = apiThunk<PageOf<ListingCard>, { filters: Filters; page: number }>(
  'properties/search',
  async ({ filters, page }, { api, state, signal }) => {
    const { path, params } = searchRequest(filters, state.properties.places);
    const { data } = await api.get<PageOf<ListingCard>>(path, {
      params: { ...params, page, per_page: LISTINGS_PER_PAGE },
      signal,
    });
    return data;
  },
);

export const fetchPlaces = apiThunk<Place[]>('properties/places', async (_, { api }) => {
  const { data } = await api.get<{ places: Place[] }>('/properties/places');
  return data.places;
});

export const fetchListing = apiThunk<Listing, string>('properties/listing', async (id, { api, signal }) => {
  const { data } = await api.get<Listing>(`/properties/${id}`, { signal });
  return data;
});

export const fetchCalendar = apiThunk<string[], string>('properties/calendar', async (id, { api }) => {
  const from = today();
  const params = { from, to: addDays(from, CALENDAR_DAYS) };
  const { data } = await api.get<{ taken: string[] }>(`/properties/${id}/calendar`, { params });
  return data.taken;
});

export const fetchReviews = apiThunk<PageOf<Review>, { id: string; page: number }>(
  'properties/reviews',
  async ({ id, page }, { api }) => {
    const params = { page, per_page: REVIEWS_PER_PAGE };
    const { data } = await api.get<PageOf<Review>>(`/properties/${id}/reviews`, { params });
    return data;
  },
);

const slice = createSlice({
  name: 'properties',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(searchListings.pending, (state, { meta }) => {
        state.filters = meta.arg.filters;
        state.pagination.page = meta.arg.page;
        state.loading = true;
        state.error = null;
      })
      .addCase(searchListings.fulfilled, (state, { payload }) => {
        state.listings = payload.results;
        state.pagination = toPagination(payload);
        state.loading = false;
      })
      .addCase(searchListings.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        state.loading = false;
        state.error = payload ?? null;
      })
      .addCase(fetchPlaces.fulfilled, (state, { payload }) => {
        state.places = payload;
        state.placesLoaded = true;
      })
      .addCase(fetchPlaces.rejected, (state) => {
        state.placesLoaded = true;
      })
      .addCase(fetchListing.pending, (state, { meta }) => {
        if (state.selectedProperty?.id === meta.arg) return;
        state.selectedProperty = null;
        state.takenNights = [];
        state.reviews = [];
        state.reviewsPagination = emptyPage(REVIEWS_PER_PAGE);
        state.error = null;
      })
      .addCase(fetchListing.fulfilled, (state, { payload }) => {
        state.selectedProperty = payload;
        state.error = null;
      })
      .addCase(fetchListing.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.error = payload ?? null;
      })
      .addCase(fetchCalendar.fulfilled, (state, { payload }) => {
        state.takenNights = payload;
      })
      .addCase(fetchQuote.fulfilled, (state, { payload }) => {
        if (payload.listing_id === state.selectedProperty?.id) state.takenNights = union(state.takenNights, payload.taken);
      })
      .addCase(fetchReviews.fulfilled, (state, { payload }) => {
        state.reviews = payload.results;
        state.reviewsPagination = toPagination(payload);
      });
  },
});

export const propertyReducer = slice.reducer;

export const selectProperties = (state: RootState) => state.properties;
export const selectPlaces = (state: RootState) => state.properties.places;
export const selectListing = (state: RootState) => state.properties.selectedProperty;
