import { createSlice, isAnyOf } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { CalendarFeed, ListingCalendars, NewFeed } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

const FETCH_TIMEOUT_MS = 30_000;

export interface CalendarState {
  page: ListingCalendars | null;
  error: ApiProblem | null;
}

const initialState: CalendarState = { page: null, error: null };

interface OfFeed {
  listingId: string;
  feedId: string;
}

export const fetchCalendars = apiThunk<ListingCalendars, string>('calendars/fetch', async (listingId, { api, signal }) => {
  const { data } = await api.get(`/owner/listings/${listingId}/calendars`, { signal });
  return data;
});

export const renewAddress = apiThunk<ListingCalendars, string>('calendars/renewAddress', async (listingId, { api }) => {
  const { data } = await api.post(`/owner/listings/${listingId}/calendars/address`);
  return data;
});

export const endAddress = apiThunk<string, string>('calendars/endAddress', async (listingId, { api }) => {
  await api.delete(`/owner/listings/${listingId}/calendars/address`);
  return listingId;
});

export const addFeed = apiThunk<CalendarFeed, NewFeed & { listingId: string }>('calendars/add', async ({ listingId, ...feed }, { api }) => {
  const { data } = await api.post(`/owner/listings/${listingId}/calendars/feeds`, feed);
  return data;
});

export const renameFeed = apiThunk<CalendarFeed, OfFeed & { name: string }>('calendars/rename', async ({ listingId, feedId, name }, { api }) => {
  const { data } = await api.put(`/owner/listings/${listingId}/calendars/feeds/${feedId}`, { name });
  return data;
});

/** Another site answers it, which can take its time. */
export const readFeed = apiThunk<CalendarFeed, OfFeed>('calendars/read', async ({ listingId, feedId }, { api }) => {
  const { data } = await api.post(`/owner/listings/${listingId}/calendars/feeds/${feedId}/fetch`, undefined, { timeout: FETCH_TIMEOUT_MS });
  return data;
});

export const confirmFeed = apiThunk<CalendarFeed, OfFeed>('calendars/confirm', async ({ listingId, feedId }, { api }) => {
  const { data } = await api.post(`/owner/listings/${listingId}/calendars/feeds/${feedId}/confirm`);
  return data;
});

export const removeFeed = apiThunk<string, OfFeed>('calendars/remove', async ({ listingId, feedId }, { api }) => {
  await api.delete(`/owner/listings/${listingId}/calendars/feeds/${feedId}`);
  return feedId;
});

const slice = createSlice({
  name: 'calendars',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchCalendars.pending, (state, { meta }) => {
        state.error = null;
        if (state.page?.listing_id !== meta.arg) state.page = null;
      })
      .addCase(fetchCalendars.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.error = payload ?? null;
      })
      .addCase(endAddress.fulfilled, (state) => {
        if (state.page) state.page.export = null;
      })
      .addCase(addFeed.fulfilled, (state, { payload }) => {
        state.page?.feeds.push(payload);
      })
      .addCase(removeFeed.fulfilled, (state, { payload }) => {
        if (state.page) state.page.feeds = state.page.feeds.filter(({ id }) => id !== payload);
      })
      .addMatcher(isAnyOf(fetchCalendars.fulfilled, renewAddress.fulfilled), (state, { payload }) => {
        state.page = payload;
      })
      .addMatcher(isAnyOf(renameFeed.fulfilled, readFeed.fulfilled, confirmFeed.fulfilled), (state, { payload }) => {
        if (state.page) state.page.feeds = state.page.feeds.map((feed) => (feed.id === payload.id ? payload : feed));
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('calendars', slice.reducer);
export const selectCalendars = (state: RootState) => state.calendars;
