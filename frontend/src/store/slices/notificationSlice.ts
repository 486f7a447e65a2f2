import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Feed, NotificationItem } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { AppDispatch, RootState } from '../store';
import { isSessionEnd } from './authSlice';
import { POLL, SLICE } from './news';

export interface NotificationState {
  items: NotificationItem[];
  unread: number;
  page: number;
  hasNext: boolean;
  loaded: boolean;
}

interface News {
  fresh: NotificationItem[];
}

const initialState: NotificationState = { items: [], unread: 0, page: 1, hasNext: false, loaded: false };

/** `fresh`: what arrived since the last look; nothing is fresh on the first one. */
export const pollNotifications = apiThunk<{ feed: Feed; fresh: NotificationItem[] }>(
  POLL,
  async (_, { api, state }) => {
    const { data } = await api.get('/notifications', { params: { page: 1 } });
    const known = new Set(state.notifications.items.map((item) => item.id));
    const fresh = state.notifications.loaded ? data.results.filter((item) => !item.read_at && !known.has(item.id)) : [];
    return { feed: data, fresh };
  },
);

export const fetchOlderNotifications = apiThunk<Feed>(
  'notifications/older',
  async (_, { api, state }) => {
    const { data } = await api.get('/notifications', { params: { page: state.notifications.page + 1 } });
    return data;
  },
  { announce: true },
);

export const markRead = apiThunk<NotificationItem, string>(
  'notifications/markRead',
  async (id, { api }) => {
    const { data } = await api.post(`/notifications/${id}/read`);
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

const newestFirst = (items: NotificationItem[]) => items.sort((one, other) => other.created_at.localeCompare(one.created_at));

const merge = (first: NotificationItem[], rest: NotificationItem[]) => {
  const ids = new Set(first.map((item) => item.id));
  return newestFirst([...first, ...rest.filter((item) => !ids.has(item.id))]);
};

const slice = createSlice({
  name: SLICE,
  initialState,
  reducers: {
    itemReceived(state, { payload: { item } }: PayloadAction<News & { item: NotificationItem }>) {
      const known = state.items.find(({ id }) => id === item.id);
      if (known) known.read_at ??= item.read_at;
      else {
        state.items = newestFirst([item, ...state.items]);
        if (!item.read_at) state.unread += 1;
      }
    },
    /** `read`: which became read, in whatever tab; of very many only the number is sent. */
    unreadChanged: {
      prepare: (change: { unread: number; read: string[] }) => ({ payload: { ...change, at: new Date().toISOString() } }),
      reducer(state, { payload }: PayloadAction<{ unread: number; read: string[]; at: string }>) {
        state.unread = payload.unread;
        const read = new Set(payload.read);
        for (const item of state.items) if (payload.unread === 0 || read.has(item.id)) item.read_at ??= payload.at;
      },
    },
  },
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

const { itemReceived } = slice.actions;
export const { unreadChanged } = slice.actions;

/** An item of the stream. After a reconnect some come again. */
export const notificationCame = (item: NotificationItem) => (dispatch: AppDispatch, getState: () => RootState) => {
  const known = getState().notifications.items.some(({ id }) => id === item.id);
  dispatch(itemReceived({ item, fresh: known || item.read_at ? [] : [item] }));
};

/** The stream is open. What it has not made up for is asked for. */
export const streamReady =
  ({ resumed, unread }: { resumed: boolean; unread: number }) =>
  async (dispatch: AppDispatch, getState: () => RootState) => {
    const { notifications, messages } = getState();
    if (resumed && notifications.loaded && notifications.unread === unread && !messages.connectionLost) return;
    await dispatch(pollNotifications());
  };

addReducer('notifications', slice.reducer);
export const selectNotifications = (state: RootState) => state.notifications;
