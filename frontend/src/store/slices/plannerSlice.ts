import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { Itinerary, ItineraryHead, PageOf, Recommendation, TripRequest } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import { emptyPage, toPagination, type Pagination } from '../pagination';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

const PLANS_PER_PAGE = 10;
const RECOMMENDED = 8;
/** A plan may wait for a model outside of the house. */
const PLANNING_TIMEOUT_MS = 60_000;

export interface PlannerState {
  plans: ItineraryHead[];
  pagination: Pagination;
  loading: boolean;
  error: ApiProblem | null;
  plan: Itinerary | null;
  planError: ApiProblem | null;
  recommendations: Recommendation[];
  personalized: boolean;
}

const initialState: PlannerState = {
  plans: [],
  pagination: emptyPage(PLANS_PER_PAGE),
  loading: true,
  error: null,
  plan: null,
  planError: null,
  recommendations: [],
  personalized: false,
};

export const planTrip = apiThunk<Itinerary, TripRequest>('planner/plan', async (request, { api }) => {
  const { data } = await api.post('/ai/itinerary', request, { timeout: PLANNING_TIMEOUT_MS });
  return data;
});

export const fetchPlans = apiThunk<PageOf<ItineraryHead>, number>('planner/list', async (page, { api, signal }) => {
  const params = { page, per_page: PLANS_PER_PAGE };
  const { data } = await api.get('/ai/itineraries', { params, signal });
  return data;
});

export const fetchPlan = apiThunk<Itinerary, string>('planner/one', async (id, { api, signal }) => {
  const { data } = await api.get(`/ai/itineraries/${id}`, { signal });
  return data;
});

export const deletePlan = apiThunk<string, string>(
  'planner/delete',
  async (id, { api }) => {
    await api.delete(`/ai/itineraries/${id}`);
    return id;
  },
  { announce: true },
);

export const fetchRecommendations = apiThunk<{ personalized: boolean; results: Recommendation[] }>(
  'planner/recommendations',
  async (_, { api, signal }) => {
    const { data } = await api.get('/ai/recommendations', {
      params: { limit: RECOMMENDED },
      signal,
    });
    return data;
  },
);

const slice = createSlice({
  name: 'planner',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(planTrip.fulfilled, (state, { payload }) => {
        state.plan = payload;
      })
      .addCase(fetchPlans.pending, (state) => {
        state.loading = true;
        state.error = null;
      })
      .addCase(fetchPlans.fulfilled, (state, { payload }) => {
        state.loading = false;
        state.plans = payload.results;
        state.pagination = toPagination(payload);
      })
      .addCase(fetchPlans.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        state.loading = false;
        state.error = payload ?? null;
      })
      .addCase(fetchPlan.pending, (state, { meta }) => {
        state.planError = null;
        if (state.plan?.id !== meta.arg) state.plan = null;
      })
      .addCase(fetchPlan.fulfilled, (state, { payload }) => {
        state.plan = payload;
      })
      .addCase(fetchPlan.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.planError = payload ?? null;
      })
      .addCase(deletePlan.fulfilled, (state, { payload }) => {
        state.plans = state.plans.filter((plan) => plan.id !== payload);
        if (state.plan?.id === payload) state.plan = null;
      })
      .addCase(fetchRecommendations.fulfilled, (state, { payload }) => {
        state.recommendations = payload.results;
        state.personalized = payload.personalized;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('planner', slice.reducer);
export const selectPlanner = (state: RootState) => state.planner;
