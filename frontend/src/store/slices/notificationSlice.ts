import { createSlice } from '@reduxjs/toolkit';
import type { NotificationItem, PageOf } from '../../api/types';
import { apiThunk } from '../apiThunk';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

type Feed = PageOf<NotificationItem> & { unread: number };

export interface NotificationState {
  items: NotificationItem[];
  unread: number;
  page: number;
  hasNext: boolean;
  loaded: boolean;
}

const initialState: NotificationState = { items: [], unread: 0, page: 1, hasNext: false, loaded: false };

/** `fresh`: what arrived since the last look; nothing is fresh on the first one. */
export const pollNotifications = apiThunk<{ feed: Feed; fresh: NotificationItem[] }>(
  'notifications/poll',
  async (_, { api, state }) => {
    const { data } = await api.get<Feed>('/notifications', { params: { page: 1 } });
    const known = new Set(state.notifications.items.map((item) => item.id));
    const fresh = state.notifications.loaded ? data.results.filter((item) => !item.read_at && !known.has(item.id)) : [];
    return { feed: data, fresh };
  },
);

export const fetchOlderNotifications = apiThunk<Feed>(
  'notifications/older',
  async (_, { api, state }) => {
    const { data } = await api.get<Feed>('/notifications', { params: { page: state.notifications.page + 1 } });
    return data;
  },
  { announce: true },
);

export const markRead = apiThunk<NotificationItem, string>(
  'notifications/markRead',
  async (id, { api }) => {
    const { data } = await api.post<NotificationItem>(`/notifications/${id}/read`);
    return data;
  },
  { announce: true },
);

export const markAllRead = apiThunk<string>(
  'notifications/markAllRead',
  async (_, { api }) => {
    await api.post('/notifications/read-all');
    return new Date().toISOString();
  },
  { announce: true },
);

const merge = (first: NotificationItem[], rest: NotificationItem[]) => {
  const ids = new Set(first.map((item) => item.id));
  return [...first, ...rest.filter((item) => !ids.has(item.id))];
};

const slice = createSlice({
  name: 'notifications',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(pollNotifications.fulfilled, (state, { payload: { feed } }) => {
        state.items = merge(feed.results, state.items);
        state.unread = feed.unread;
        if (!state.loaded) state.hasNext = feed.pagination.has_next;
        state.loaded = true;
      })
      .addCase(fetchOlderNotifications.fulfilled, (state, { payload }) => {
        state.items = merge(state.items, payload.results);
        state.page = payload.pagination.page;
        state.hasNext = payload.pagination.has_next;
      })
      .addCase(markRead.fulfilled, (state, { payload }) => {
        const known = state.items.find((item) => item.id === payload.id);
        if (!known || known.read_at) return;
        known.read_at = payload.read_at;
        state.unread = Math.max(0, state.unread - 1);
      })
      .addCase(markAllRead.fulfilled, (state, { payload }) => {
        for (const item of state.items) item.read_at ??= payload;
        state.unread = 0;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

export const notificationReducer = slice.reducer;
export const selectNotifications = (state: RootState) => state.notifications;
