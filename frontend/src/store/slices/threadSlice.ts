import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { ListingHost, MessageReport, ReportReason, Thread, ThreadMessage, ThreadState, WrittenMessage } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

/** The thread that is open. */
export interface OpenThreadState {
  id: string | null;
  thread: Thread | null;
  problem: ApiProblem | null;
}

const initialState: OpenThreadState = { id: null, thread: null, problem: null };

interface Written {
  id: string;
  text: string;
  clientId: string;
}

export const fetchThread = apiThunk<Thread, string>('thread/fetch', async (id, { api, signal }) => {
  const { data } = await api.get(`/messages/threads/${id}`, { signal });
  return data;
});

export const fetchEarlierMessages = apiThunk<Thread, { id: string; before: number }>(
  'thread/earlier',
  async ({ id, before }, { api }) => {
    const { data } = await api.get(`/messages/threads/${id}`, { params: { before } });
    return data;
  },
  { announce: true },
);

export const writeMessage = apiThunk<WrittenMessage, Written>('thread/write', async ({ id, text, clientId }, { api }) => {
  const { data } = await api.post(`/messages/threads/${id}/messages`, { text, client_id: clientId });
  return data;
});

/** Here `id` is the listing's. */
export const askHost = apiThunk<WrittenMessage, Written>('thread/ask', async ({ id, text, clientId }, { api }) => {
  const { data } = await api.post('/messages/threads', { listing_id: id, text, client_id: clientId });
  return data;
});

export const fetchListingHost = apiThunk<ListingHost, string>('thread/host', async (listingId, { api, signal }) => {
  const { data } = await api.get(`/messages/listings/${listingId}`, { signal });
  return data;
});

export const markThreadRead = apiThunk<ThreadState, { id: string; number: number }>('thread/read', async ({ id, number }, { api }) => {
  const { data } = await api.post(`/messages/threads/${id}/read`, { number });
  return data;
});

export const archiveThread = apiThunk<ThreadState, { id: string; archived: boolean }>(
  'thread/archive',
  async ({ id, archived }, { api }) => {
    const { data } = await api.put(`/messages/threads/${id}/archived`, { is_archived: archived });
    return data;
  },
  { announce: true },
);

export const blockPerson = apiThunk<ThreadState, { id: string; blocked: boolean }>(
  'thread/block',
  async ({ id, blocked }, { api }) => {
    const { data } = await api.put(`/messages/threads/${id}/blocked`, { is_blocked: blocked });
    return data;
  },
  { announce: true },
);

export const reportMessage = apiThunk<MessageReport, { id: string; messageId: string; reason: ReportReason; text: string }>(
  'thread/report',
  async ({ id, messageId, reason, text }, { api }) => {
    const { data } = await api.post(`/messages/threads/${id}/reports`, { message_id: messageId, reason, text });
    return data;
  },
);

/** Newer copies replace older ones: a confirmation shows what was hidden. */
function merged(older: ThreadMessage[], newer: ThreadMessage[]): ThreadMessage[] {
  const numbers = new Set(newer.map(({ number }) => number));
  return [...older.filter(({ number }) => !numbers.has(number)), ...newer].sort((one, other) => one.number - other.number);
}

const slice = createSlice({
  name: 'thread',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchThread.pending, (state, { meta }) => (state.id === meta.arg ? state : { ...initialState, id: meta.arg }))
      .addCase(fetchThread.fulfilled, (state, { meta, payload }) => {
        if (state.id !== meta.arg) return;
        const { thread } = state;
        // What was loaded before is out of date once contact details are shown, or a gap opens.
        const first = payload.messages[0]?.number ?? 1;
        const joins = thread && thread.contact_is_shown === payload.contact_is_shown && (thread.messages.at(-1)?.number ?? 0) >= first - 1;
        state.problem = null;
        state.thread = joins ? { ...payload, messages: merged(thread.messages, payload.messages), earlier: thread.earlier } : payload;
      })
      .addCase(fetchThread.rejected, (state, { meta, payload }) => {
        if (!meta.aborted && state.id === meta.arg) state.problem = payload ?? null;
      })
      .addCase(fetchEarlierMessages.fulfilled, ({ id, thread }, { meta, payload }) => {
        if (!thread || id !== meta.arg.id) return;
        thread.messages = merged(payload.messages, thread.messages);
        thread.earlier = payload.earlier;
      })
      .addCase(writeMessage.fulfilled, ({ thread }, { payload }) => {
        if (thread?.id === payload.thread_id) thread.messages = merged(thread.messages, [payload.message]);
      })
      .addCase(archiveThread.fulfilled, ({ thread }, { meta, payload }) => {
        if (thread?.id === meta.arg.id) thread.is_archived = payload.is_archived;
      })
      .addCase(blockPerson.fulfilled, ({ thread }, { meta, payload }) => {
        if (thread?.id === meta.arg.id) thread.is_blocked_by_you = payload.is_blocked_by_you;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('thread', slice.reducer);
export const selectThread = (state: RootState) => state.thread;
