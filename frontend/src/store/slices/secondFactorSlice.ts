import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { Enrolment, Proof, SecondFactor } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

export interface SecondFactorState {
  factor: SecondFactor | null;
  error: ApiProblem | null;
}

const initialState: SecondFactorState = { factor: null, error: null };

export const fetchSecondFactor = apiThunk<SecondFactor>('secondFactor/fetch', async (_, { api, signal }) => {
  const { data } = await api.get('/account/second-factor', { signal });
  return data;
});

/** The secret goes to the caller alone: the store keeps nothing that lets somebody in. */
export const beginSecondFactor = apiThunk<Enrolment, string>('secondFactor/begin', async (password, { api }) => {
  const { data } = await api.post('/account/second-factor/begin', { password });
  return data;
});

export const confirmSecondFactor = apiThunk<string[], string>('secondFactor/confirm', async (code, { api }) => {
  const { data } = await api.post('/account/second-factor/confirm', { code });
  return data.recovery_codes;
});

export const endSecondFactor = apiThunk<SecondFactor, Proof>('secondFactor/end', async (body, { api }) => {
  const { data } = await api.post('/account/second-factor/off', body);
  return data;
});

const slice = createSlice({
  name: 'secondFactor',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchSecondFactor.pending, (state) => {
        state.error = null;
      })
      .addCase(fetchSecondFactor.fulfilled, (state, { payload }) => {
        state.factor = payload;
      })
      .addCase(fetchSecondFactor.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.error = payload ?? null;
      })
      .addCase(endSecondFactor.fulfilled, (state, { payload }) => {
        state.factor = payload;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('secondFactor', slice.reducer);
export const selectSecondFactor = (state: RootState) => state.secondFactor;
