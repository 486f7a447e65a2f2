import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { Preferences } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

export interface PreferenceState {
  preferences: Preferences | null;
  error: ApiProblem | null;
}

const initialState: PreferenceState = { preferences: null, error: null };

export const fetchPreferences = apiThunk<Preferences>('preferences/fetch', async (_, { api, signal }) => {
  const { data } = await api.get('/traveler/preferences', { signal });
  return data;
});

export const savePreferences = apiThunk<Preferences, Preferences>('preferences/save', async (body, { api }) => {
  const { data } = await api.put('/traveler/preferences', body);
  return data;
});

const slice = createSlice({
  name: 'preferences',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchPreferences.pending, (state) => {
        state.error = null;
      })
      .addCase(fetchPreferences.fulfilled, (state, { payload }) => {
        state.preferences = payload;
      })
      .addCase(fetchPreferences.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.error = payload ?? null;
      })
      .addCase(savePreferences.fulfilled, (state, { payload }) => {
        state.preferences = payload;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('preferences', slice.reducer);
export const selectPreferences = (state: RootState) => state.preferences;
