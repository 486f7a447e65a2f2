import { createSlice } from '@reduxjs/toolkit';
import type { DataExport, Leaving } from '../../api/wire';
import type { ApiProblem } from '../../api/problem';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

export interface AccountDataState {
  /** The last one that was asked for; null where there is none, undefined until that is known. */
  dataExport: DataExport | null | undefined;
  error: ApiProblem | null;
}

const initialState: AccountDataState = { dataExport: undefined, error: null };

export const fetchExport = apiThunk<DataExport>('accountData/fetchExport', async (_, { api, signal }) => {
  const { data } = await api.get('/account/export', { signal });
  return data;
});

export const requestExport = apiThunk<DataExport>('accountData/requestExport', async (_, { api }) => {
  const { data } = await api.post('/account/export');
  return data;
});

export const deleteAccount = apiThunk<Leaving, string>('accountData/delete', async (password, { api }) => {
  const { data } = await api.delete('/account', { data: { password } });
  return data;
});

const slice = createSlice({
  name: 'accountData',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchExport.fulfilled, (_state, { payload }) => ({ dataExport: payload, error: null }))
      .addCase(requestExport.fulfilled, (_state, { payload }) => ({ dataExport: payload, error: null }))
      .addCase(fetchExport.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        if (payload?.code === 'NOT_FOUND') state.dataExport = null;
        else state.error = payload ?? null;
      })
      .addCase(requestExport.rejected, (state, { payload }) => {
        state.error = payload ?? null;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('accountData', slice.reducer);
export const selectAccountData = (state: RootState) => state.accountData;
