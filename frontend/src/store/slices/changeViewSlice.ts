import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { AlterationPreview, CancellationPreview } from '../../api/wire';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';
import { previewAlteration, previewCancellation } from './bookingThunks';

/** What a change of a booking would mean, before it is made. */
export interface ChangeViewState {
  cancellation: (CancellationPreview & { id: string }) | null;
  cancellationError: ApiProblem | null;
  alteration: (AlterationPreview & { id: string }) | null;
  alterationLoading: boolean;
  alterationError: ApiProblem | null;
}

const initialState: ChangeViewState = {
  cancellation: null,
  cancellationError: null,
  alteration: null,
  alterationLoading: false,
  alterationError: null,
};

const slice = createSlice({
  name: 'changeView',
  initialState,
  reducers: {
    alterationForgotten(state) {
      Object.assign(state, { alteration: null, alterationLoading: false, alterationError: null });
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(previewCancellation.pending, (state) => {
        state.cancellation = null;
        state.cancellationError = null;
      })
      .addCase(previewCancellation.fulfilled, (state, { meta, payload }) => {
        state.cancellation = { ...payload, id: meta.arg };
      })
      .addCase(previewCancellation.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.cancellationError = payload ?? null;
      })
      .addCase(previewAlteration.pending, (state) => {
        state.alterationLoading = true;
        state.alterationError = null;
      })
      .addCase(previewAlteration.fulfilled, (state, { meta, payload }) => {
        state.alterationLoading = false;
        state.alteration = { ...payload, id: meta.arg.id };
      })
      .addCase(previewAlteration.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        Object.assign(state, { alteration: null, alterationLoading: false, alterationError: payload ?? null });
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

export const { alterationForgotten } = slice.actions;
addReducer('changeView', slice.reducer);
export const selectChangeView = (state: RootState) => state.changeView;
