import { createSlice } from '@reduxjs/toolkit';
import type { RootState } from '../store';
import { isSessionStart, loggedOut, sessionExpired } from './authSlice';

export interface SessionState {
  expiresAt: string | null;
  /** The session ended by itself, not by a log out. */
  expired: boolean;
}

const initialState: SessionState = { expiresAt: null, expired: false };

const slice = createSlice({
  name: 'session',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(loggedOut, () => initialState)
      .addCase(sessionExpired, () => ({ expiresAt: null, expired: true }))
      .addMatcher(isSessionStart, (_state, { payload }) => ({ expiresAt: payload.expires_at, expired: false }));
  },
});

export const sessionReducer = slice.reducer;
export const selectSession = (state: RootState) => state.session;
