import { createSlice } from '@reduxjs/toolkit';
import type { SavedReplies, SavedReply } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

export interface SavedReplyState {
  replies: SavedReply[];
  loaded: boolean;
}

const initialState: SavedReplyState = { replies: [], loaded: false };

export const fetchSavedReplies = apiThunk<SavedReplies>(
  'savedReplies/fetch',
  async (_, { api }) => {
    const { data } = await api.get('/messages/saved-replies');
    return data;
  },
  { announce: true },
);

export const addSavedReply = apiThunk<SavedReply, Pick<SavedReply, 'title' | 'text'>>('savedReplies/add', async (reply, { api }) => {
  const { data } = await api.post('/messages/saved-replies', reply);
  return data;
});

export const deleteSavedReply = apiThunk<string, string>(
  'savedReplies/delete',
  async (id, { api }) => {
    await api.delete(`/messages/saved-replies/${id}`);
    return id;
  },
  { announce: true },
);

const slice = createSlice({
  name: 'savedReplies',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchSavedReplies.fulfilled, (_, { payload }) => ({ replies: payload.results, loaded: true }))
      .addCase(addSavedReply.fulfilled, (state, { payload }) => {
        state.replies.push(payload);
      })
      .addCase(deleteSavedReply.fulfilled, (state, { payload }) => {
        state.replies = state.replies.filter(({ id }) => id !== payload);
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('savedReplies', slice.reducer);
export const selectSavedReplies = (state: RootState) => state.savedReplies;
