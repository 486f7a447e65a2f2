import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { FoundCard, Listing } from '../../api/wire';
import { foundPages, PER_PAGE, type PagesWanted, type PagesFound } from '../../features/search/api/foundPages';
import { noStoredFilters, storedFilters, type StoredFilters } from '../../lib/filters';
import { apiThunk } from '../apiThunk';
import { emptyPage, toPagination, type Pagination } from '../pagination';
import type { RootState } from '../store';

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
  pagination: uncapped(emptyPage(PER_PAGE)),
  loading: true,
  error: null,
};

export const searchListings = apiThunk<PagesFound, PagesWanted>('properties/search', (wanted, { api, signal }) => foundPages(wanted, { api, signal }));

export const fetchListing = apiThunk<Listing, string>('properties/listing', async (id, { api, signal }) => {
  const { data } = await api.get(`/properties/${id}`, { signal });
  return data;
});

/** Pages by number may repeat what was moved on by newer listings. */
const unknown = (found: StoredListing[], known: StoredListing[]) => found.filter(({ id }) => !known.some((one) => one.id === id));

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
        const found = payload.results.map((card) => ({ ...card, price: card.price_per_night }));
        state.listings = payload.follows ? [...state.listings, ...unknown(found, state.listings)] : found;
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
