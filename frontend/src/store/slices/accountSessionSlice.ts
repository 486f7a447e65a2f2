import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { DeviceSession } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

export interface AccountSessionState {
  sessions: DeviceSession[] | null;
  error: ApiProblem | null;
}

const initialState: AccountSessionState = { sessions: null, error: null };

export const fetchSessions = apiThunk<DeviceSession[]>('accountSessions/fetch', async (_, { api, signal }) => {
  const { data } = await api.get('/account/sessions', { signal });
  return data.results;
});

export const endSession = apiThunk<string, string>(
  'accountSessions/end',
  async (id, { api }) => {
    await api.delete(`/account/sessions/${id}`);
    return id;
  },
  { announce: true },
);

/** Everywhere, here too. */
export const endAllSessions = apiThunk('accountSessions/endAll', async (_, { api }) => {
  await api.delete('/account/sessions');
});

const slice = createSlice({
  name: 'accountSessions',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchSessions.pending, (state) => {
        state.error = null;
      })
      .addCase(fetchSessions.fulfilled, (state, { payload }) => {
        state.sessions = payload;
      })
      .addCase(fetchSessions.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.error = payload ?? null;
      })
      .addCase(endSession.fulfilled, (state, { payload }) => {
        state.sessions = state.sessions?.filter(({ id }) => id !== payload) ?? null;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('accountSessions', slice.reducer);
export const selectAccountSessions = (state: RootState) => state.accountSessions;
