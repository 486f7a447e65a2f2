import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { RootState } from '../store';
import { isSessionStart } from './authSlice';

export interface SuspensionState {
  /** The API has said that the account is suspended. */
  suspended: boolean;
  /** Where to write to; unknown until the API has said it. */
  supportEmail: string | null;
}

const initialState: SuspensionState = { suspended: false, supportEmail: null };

const slice = createSlice({
  name: 'suspension',
  initialState,
  reducers: {
    accountSuspended: (_state, { payload }: PayloadAction<string | null>) => ({ suspended: true, supportEmail: payload }),
  },
  extraReducers: (builder) => {
    builder.addMatcher(isSessionStart, () => initialState);
  },
});

export const { accountSuspended } = slice.actions;
export const suspensionReducer = slice.reducer;
export const selectSuspension = (state: RootState) => state.suspension;
