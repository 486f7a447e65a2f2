import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { SiteText, TextKind } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';

export interface TextState {
  texts: Partial<Record<TextKind, SiteText>>;
  error: ApiProblem | null;
}

const initialState: TextState = { texts: {}, error: null };

export const fetchText = apiThunk<SiteText, TextKind>('texts/fetch', async (kind, { api, signal }) => {
  const { data } = await api.get(`/texts/${kind}`, { signal });
  return data;
});

const slice = createSlice({
  name: 'texts',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchText.pending, (state) => {
        state.error = null;
      })
      .addCase(fetchText.fulfilled, (state, { payload }) => {
        state.texts[payload.kind] = payload;
      })
      .addCase(fetchText.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.error = payload ?? null;
      });
  },
});

addReducer('texts', slice.reducer);

export const selectTexts = (state: RootState) => state.texts;
