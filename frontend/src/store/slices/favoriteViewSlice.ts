import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';
import { addFavorite, fetchFavorites, removeFavorite } from './favoriteThunks';

/** How far the favorites are known; they themselves stand in `bookings.favorites`. */
export interface FavoriteViewState {
  loaded: boolean;
  error: ApiProblem | null;
  /** Listings whose heart waits for its answer. */
  pending: string[];
  /** Grows with every press of a heart and with every answer to one. */
  changes: number;
}

const initialState: FavoriteViewState = { loaded: false, error: null, pending: [], changes: 0 };

const slice = createSlice({
  name: 'favoriteView',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    const begin = (state: FavoriteViewState, id: string) => {
      state.pending.push(id);
      state.changes += 1;
    };
    const settle = (state: FavoriteViewState, id: string) => {
      state.changes += 1;
      state.pending = state.pending.filter((known) => known !== id);
    };
    builder
      .addCase(fetchFavorites.pending, (state) => {
        state.error = null;
      })
      .addCase(fetchFavorites.fulfilled, (state) => {
        state.loaded = true;
      })
      .addCase(fetchFavorites.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.error = payload ?? null;
      })
      .addCase(addFavorite.pending, (state, { meta }) => begin(state, meta.arg.id))
      .addCase(addFavorite.fulfilled, (state, { meta }) => settle(state, meta.arg.id))
      .addCase(addFavorite.rejected, (state, { meta }) => settle(state, meta.arg.id))
      .addCase(removeFavorite.pending, (state, { meta }) => begin(state, meta.arg.id))
      .addCase(removeFavorite.fulfilled, (state, { meta }) => settle(state, meta.arg.id))
      .addCase(removeFavorite.rejected, (state, { meta }) => settle(state, meta.arg.id))
      .addMatcher(isSessionEnd, () => initialState);
  },
});

export const favoriteViewReducer = slice.reducer;
export const selectFavoriteView = (state: RootState) => state.favoriteView;
