import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { FoundMessages, Inbox, ThreadCard, ThreadSide, UnreadMessages, WrittenMessage } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

export interface InboxView {
  side: ThreadSide;
  archived: boolean;
}

/** The list of threads that is looked at, and how many messages wait on both sides. */
export interface InboxState {
  view: InboxView | null;
  threads: ThreadCard[];
  nextCursor: string | null;
  loaded: boolean;
  error: ApiProblem | null;
  unread: UnreadMessages;
  /** Null: nothing is searched for. */
  found: WrittenMessage[] | null;
}

const initialState: InboxState = { view: null, threads: [], nextCursor: null, loaded: false, error: null, unread: { guest: 0, host: 0 }, found: null };

export const fetchInbox = apiThunk<Inbox, InboxView>('inbox/fetch', async ({ side, archived }, { api, signal }) => {
  const { data } = await api.get('/messages/threads', { params: { side, archived }, signal });
  return data;
});

export const fetchOlderThreads = apiThunk<Inbox, InboxView>(
  'inbox/older',
  async ({ side, archived }, { api, state }) => {
    const cursor = state.inbox.nextCursor ?? undefined;
    const { data } = await api.get('/messages/threads', { params: { side, archived, cursor } });
    return data;
  },
  { announce: true },
);

export const fetchUnread = apiThunk<UnreadMessages>('inbox/unread', async (_, { api }) => {
  const { data } = await api.get('/messages/unread');
  return data;
});

export const searchMessages = apiThunk<FoundMessages, { side: ThreadSide; text: string }>(
  'inbox/search',
  async ({ side, text }, { api, signal }) => {
    const { data } = await api.get('/messages/search', { params: { side, q: text }, signal });
    return data;
  },
  { announce: true },
);

const isOf = (state: InboxState, view: InboxView) => state.view?.side === view.side && state.view.archived === view.archived;

const slice = createSlice({
  name: 'inbox',
  initialState,
  reducers: {
    searchEnded(state) {
      state.found = null;
    },
    /** The thread stands elsewhere, or is read. */
    threadChanged(state, { payload }: PayloadAction<{ id: string; is_archived: boolean; unread: number }>) {
      const card = state.threads.find(({ id }) => id === payload.id);
      if (card) card.unread = payload.unread;
      if (state.view && state.view.archived !== payload.is_archived) state.threads = state.threads.filter(({ id }) => id !== payload.id);
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(fetchInbox.pending, (state, { meta }) => {
        if (!isOf(state, meta.arg)) Object.assign(state, { ...initialState, unread: state.unread, view: meta.arg });
        state.error = null;
      })
      .addCase(fetchInbox.fulfilled, (state, { meta, payload }) => {
        if (!isOf(state, meta.arg)) return;
        Object.assign(state, { threads: payload.results, nextCursor: payload.next_cursor, loaded: true });
        state.unread[meta.arg.side] = payload.unread;
      })
      .addCase(fetchInbox.rejected, (state, { meta, payload }) => {
        if (!meta.aborted && isOf(state, meta.arg)) state.error = payload ?? null;
      })
      .addCase(fetchOlderThreads.fulfilled, (state, { meta, payload }) => {
        if (!isOf(state, meta.arg)) return;
        const known = new Set(state.threads.map(({ id }) => id));
        state.threads.push(...payload.results.filter(({ id }) => !known.has(id)));
        state.nextCursor = payload.next_cursor;
      })
      .addCase(fetchUnread.fulfilled, (state, { payload }) => {
        state.unread = payload;
      })
      .addCase(searchMessages.fulfilled, (state, { payload }) => {
        state.found = payload.results;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

export const { searchEnded, threadChanged } = slice.actions;
addReducer('inbox', slice.reducer);
export const selectInbox = (state: RootState) => state.inbox;
export const selectUnreadMessages = (state: RootState) => state.inbox.unread.guest + state.inbox.unread.host;
