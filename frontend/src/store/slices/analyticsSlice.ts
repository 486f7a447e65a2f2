import { createSlice } from '@reduxjs/toolkit';
import type { AnalyticsReport } from '../../api/wire';
import type { ApiProblem } from '../../api/problem';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

export interface AnalyticsQuery {
  /** Months, YYYY-MM, both inside. */
  from: string;
  to: string;
  listingId: string;
  currency: string;
}

export interface AnalyticsState {
  report: AnalyticsReport | null;
  loading: boolean;
  error: ApiProblem | null;
}

const initialState: AnalyticsState = { report: null, loading: true, error: null };

export const fetchAnalytics = apiThunk<AnalyticsReport, AnalyticsQuery>(
  'analytics/fetch',
  async ({ from, to, listingId, currency }, { api, signal }) => {
    const params = { from, to, listing_id: listingId || undefined, currency: currency || undefined };
    const { data } = await api.get('/owner/analytics', { params, signal });
    return data;
  },
);

const slice = createSlice({
  name: 'analytics',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchAnalytics.pending, (state) => {
        state.loading = true;
        state.error = null;
      })
      .addCase(fetchAnalytics.fulfilled, (_state, { payload }) => ({ report: payload, loading: false, error: null }))
      .addCase(fetchAnalytics.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        state.loading = false;
        state.error = payload ?? null;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('analytics', slice.reducer);
export const selectAnalytics = (state: RootState) => state.analytics;
