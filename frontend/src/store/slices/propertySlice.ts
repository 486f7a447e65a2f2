import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { FoundCard, Listing, PageOf } from '../../api/wire';
import { noStoredFilters, searchRequest, storedFilters, type Filters, type StoredFilters } from '../../lib/filters';
import { apiThunk } from '../apiThunk';
import { emptyPage, toPagination, type Pagination } from '../pagination';
import type { RootState } from '../store';

export const LISTINGS_PER_PAGE = 20;

/** The store's name for the price of a night is `price`; the API's stands beside it. */
export type StoredListing = FoundCard & { price: number };

export interface PropertyState {
  listings: StoredListing[];
  selectedProperty: Listing | null;
  filters: StoredFilters;
  pagination: Omit<Pagination, 'totalCapped'>;
  loading: boolean;
  error: ApiProblem | null;
}

const uncapped = ({ page, perPage, total, hasNext }: Pagination) => ({ page, perPage, total, hasNext });

const initialState: PropertyState = {
  listings: [],
  selectedProperty: null,
  filters: noStoredFilters,
  pagination: uncapped(emptyPage(LISTINGS_PER_PAGE)),
  loading: true,
  error: null,
};

export const searchListings = apiThunk<PageOf<FoundCard>, { filters: Filters; page: number }>(
  'properties/search',
  async ({ filters, page }, { api, state, signal }) => {
    const { path, params } = searchRequest(filters, state.search.places);
    const { data } = await api.get(path, {
      params: { ...params, page, per_page: LISTINGS_PER_PAGE },
      signal,
    });
    return data;
  },
);

export const fetchListing = apiThunk<Listing, string>('properties/listing', async (id, { api, signal }) => {
  const { data } = await api.get(`/properties/${id}`, { signal });
  return data;
});

const slice = createSlice({
  name: 'properties',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(searchListings.pending, (state, { meta }) => {
        state.filters = storedFilters(meta.arg.filters);
        state.pagination.page = meta.arg.page;
        state.loading = true;
        state.error = null;
      })
      .addCase(searchListings.fulfilled, (state, { payload }) => {
        state.listings = payload.results.map((card) => ({ ...card, price: card.price_per_night }));
        state.pagination = uncapped(toPagination(payload));
        state.loading = false;
      })
      .addCase(searchListings.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        state.loading = false;
        state.error = payload ?? null;
      })
      .addCase(fetchListing.pending, (state, { meta }) => {
        if (state.selectedProperty?.id === meta.arg) return;
        state.selectedProperty = null;
        state.error = null;
      })
      .addCase(fetchListing.fulfilled, (state, { payload }) => {
        state.selectedProperty = payload;
        state.error = null;
      })
      .addCase(fetchListing.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.error = payload ?? null;
      });
  },
});

export const propertyReducer = slice.reducer;

export const selectProperties = (state: RootState) => state.properties;
export const selectListing = (state: RootState) => state.properties.selectedProperty;
