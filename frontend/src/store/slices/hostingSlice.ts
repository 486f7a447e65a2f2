import { createSlice, isAnyOf, type PayloadAction } from '@reduxjs/toolkit';
import type { OwnCard, OwnListing } from '../../api/wire';
import type { ApiProblem } from '../../api/problem';
import { addReducer } from '../lazyReducers';
import { emptyPage, toPagination, type Pagination } from '../pagination';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';
import {
  createListing,
  deleteListing,
  fetchListingOptions,
  fetchOwnListing,
  fetchOwnListings,
  OWN_LISTINGS_PER_PAGE,
  removePhoto,
  saveOrder,
  updateListing,
  uploadPhoto,
  type ListingOption,
} from './hostingThunks';

export interface HostingState {
  listings: OwnCard[];
  pagination: Pagination;
  loading: boolean;
  error: ApiProblem | null;
  selected: OwnListing | null;
  selectedError: ApiProblem | null;
  options: ListingOption[];
}

const initialState: HostingState = {
  listings: [],
  pagination: emptyPage(OWN_LISTINGS_PER_PAGE),
  loading: true,
  error: null,
  selected: null,
  selectedError: null,
  options: [],
};

/** What there is now, in the order shown here: a later order may still be on its way. */
const inOrderOf = (shown: string[], images: string[]) => [
  ...shown.filter((image) => images.includes(image)),
  ...images.filter((image) => !shown.includes(image)),
];

const slice = createSlice({
  name: 'hosting',
  initialState,
  reducers: {
    listingOpened(state) {
      state.selected = null;
      state.selectedError = null;
    },
    photosOrdered(state, { payload }: PayloadAction<string[]>) {
      if (state.selected) state.selected.images = payload;
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(fetchOwnListings.pending, (state) => {
        state.loading = true;
        state.error = null;
      })
      .addCase(fetchOwnListings.fulfilled, (state, { payload }) => {
        state.loading = false;
        state.listings = payload.results;
        state.pagination = toPagination(payload);
      })
      .addCase(fetchOwnListings.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        state.loading = false;
        state.error = payload ?? null;
      })
      .addCase(fetchOwnListing.pending, (state) => {
        state.selectedError = null;
      })
      .addCase(fetchOwnListing.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.selectedError = payload ?? null;
      })
      .addCase(deleteListing.fulfilled, (state, { payload }) => {
        state.listings = state.listings.filter((listing) => listing.id !== payload);
        state.options = state.options.filter((option) => option.id !== payload);
        if (state.selected?.id === payload) state.selected = null;
      })
      .addCase(fetchListingOptions.fulfilled, (state, { payload }) => {
        state.options = payload;
      })
      .addMatcher(isAnyOf(fetchOwnListing.fulfilled, createListing.fulfilled, updateListing.fulfilled), (state, { payload }) => {
        state.selected = payload;
      })
      .addMatcher(isAnyOf(uploadPhoto.fulfilled, saveOrder.fulfilled, removePhoto.fulfilled), (state, { meta, payload }) => {
        if (state.selected?.id !== meta.arg.listingId) return;
        state.selected.version = payload.version;
        state.selected.images = inOrderOf(state.selected.images, payload.images);
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

export const { listingOpened, photosOrdered } = slice.actions;
addReducer('hosting', slice.reducer);
export const selectHosting = (state: RootState) => state.hosting;
