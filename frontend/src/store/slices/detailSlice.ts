import { createSlice } from '@reduxjs/toolkit';
import type { Activity, PageOf, Review, Weather } from '../../api/wire';
import { addDays, today, type Day } from '../../lib/dates';
import { apiThunk } from '../apiThunk';
import { emptyPage, toPagination, type Pagination } from '../pagination';
import type { RootState } from '../store';
import { fetchQuote } from './bookingThunks';
import { fetchListing } from './propertySlice';

const REVIEWS_PER_PAGE = 6;
const ACTIVITIES_SHOWN = 6;
const ACTIVITY_RADIUS_KM = 10;
const CALENDAR_DAYS = 365;

type Spot = [lng: number, lat: number];

/** What stands around the listing that is looked at. */
export interface DetailState {
  listingId: string | null;
  takenNights: string[];
  reviews: Review[];
  reviewsPagination: Pagination;
  activities: Activity[];
  weather: Weather | null;
  weatherFailed: boolean;
}

const initialState: DetailState = {
  listingId: null,
  takenNights: [],
  reviews: [],
  reviewsPagination: emptyPage(REVIEWS_PER_PAGE),
  activities: [],
  weather: null,
  weatherFailed: false,
};

const union = (known: string[], more: string[]) => [...new Set([...known, ...more])].sort();

export const fetchCalendar = apiThunk<string[], string>('detail/calendar', async (id, { api }) => {
  // Where the listing is it may be yesterday still.
  const from = addDays(today(), -1);
  const params = { from, to: addDays(from, CALENDAR_DAYS + 1) };
  const { data } = await api.get(`/properties/${id}/calendar`, { params });
  return data.taken;
});

export const fetchReviews = apiThunk<PageOf<Review>, { id: string; page: number }>('detail/reviews', async ({ id, page }, { api }) => {
  const params = { page, per_page: REVIEWS_PER_PAGE };
  const { data } = await api.get(`/properties/${id}/reviews`, { params });
  return data;
});

export const fetchNearby = apiThunk<Activity[], Spot>('detail/nearby', async ([lng, lat], { api, signal }) => {
  const params = { lng, lat, radius_km: ACTIVITY_RADIUS_KM, per_page: ACTIVITIES_SHOWN };
  const { data } = await api.get('/ai/activities', { params, signal });
  return data.results;
});

export const fetchWeather = apiThunk<Weather, { spot: Spot; start: Day; end: Day }>(
  'detail/weather',
  async ({ spot: [lng, lat], start, end }, { api, signal }) => {
    const { data } = await api.get('/ai/weather', { params: { lng, lat, start, end }, signal });
    return data;
  },
);

const slice = createSlice({
  name: 'detail',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchListing.pending, (state, { meta }) => (state.listingId === meta.arg ? state : { ...initialState, listingId: meta.arg }))
      .addCase(fetchCalendar.fulfilled, (state, { payload }) => {
        state.takenNights = payload;
      })
      .addCase(fetchQuote.fulfilled, (state, { payload }) => {
        if (payload.listing_id === state.listingId) state.takenNights = union(state.takenNights, payload.taken);
      })
      .addCase(fetchReviews.fulfilled, (state, { payload }) => {
        state.reviews = payload.results;
        state.reviewsPagination = toPagination(payload);
      })
      .addCase(fetchNearby.fulfilled, (state, { payload }) => {
        state.activities = payload;
      })
      .addCase(fetchWeather.fulfilled, (state, { payload }) => {
        state.weather = payload;
        state.weatherFailed = false;
      })
      .addCase(fetchWeather.rejected, (state, { meta }) => {
        if (!meta.aborted) Object.assign(state, { weather: null, weatherFailed: true });
      });
  },
});

export const detailReducer = slice.reducer;
export const selectDetail = (state: RootState) => state.detail;
