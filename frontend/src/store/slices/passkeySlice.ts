import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { NewPasskey, Passkey, PasskeyChallenge, PasskeyCreation, Proof } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

export interface PasskeyState {
  passkeys: Passkey[] | null;
  error: ApiProblem | null;
}

const initialState: PasskeyState = { passkeys: null, error: null };

export const fetchPasskeys = apiThunk<Passkey[]>('passkeys/fetch', async (_, { api, signal }) => {
  const { data } = await api.get('/account/passkeys', { signal });
  return data.results;
});

/** What a passkey has to sign, to log in or to prove who somebody is. */
export const fetchPasskeyChallenge = apiThunk<PasskeyChallenge>('passkeys/challenge', async (_, { api }) => {
  const { data } = await api.post('/account/passkeys/challenge');
  return data;
});

export const beginPasskey = apiThunk<PasskeyCreation, Proof>('passkeys/begin', async (proof, { api }) => {
  const { data } = await api.post('/account/passkeys/begin', proof);
  return data;
});

export const addPasskey = apiThunk<Passkey, NewPasskey>('passkeys/add', async (body, { api }) => {
  const { data } = await api.post('/account/passkeys', body);
  return data;
});

export const renamePasskey = apiThunk<Passkey, { id: string; name: string }>('passkeys/rename', async ({ id, name }, { api }) => {
  const { data } = await api.put(`/account/passkeys/${id}`, { name });
  return data;
});

export const removePasskey = apiThunk<string, { id: string; proof: Proof }>('passkeys/remove', async ({ id, proof }, { api }) => {
  await api.delete(`/account/passkeys/${id}`, { data: proof });
  return id;
});

const slice = createSlice({
  name: 'passkeys',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchPasskeys.pending, (state) => {
        state.error = null;
      })
      .addCase(fetchPasskeys.fulfilled, (state, { payload }) => {
        state.passkeys = payload;
      })
      .addCase(fetchPasskeys.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.error = payload ?? null;
      })
      .addCase(addPasskey.fulfilled, (state, { payload }) => {
        state.passkeys?.push(payload);
      })
      .addCase(renamePasskey.fulfilled, (state, { payload }) => {
        state.passkeys = state.passkeys?.map((one) => (one.id === payload.id ? payload : one)) ?? null;
      })
      .addCase(removePasskey.fulfilled, (state, { payload }) => {
        state.passkeys = state.passkeys?.filter(({ id }) => id !== payload) ?? null;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('passkeys', slice.reducer);
export const selectPasskeys = (state: RootState) => state.passkeys;
