import { createSlice, nanoid, type PayloadAction } from '@reduxjs/toolkit';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';
import { placeOf } from '../../lib/placeOf';
import { isNews } from './news';

export interface Message {
  id: string;
  tone: 'info' | 'success' | 'error';
  text: string;
  requestId?: string | null;
  to?: string;
}

export interface MessageState {
  messages: Message[];
  connectionLost: boolean;
}

const initialState: MessageState = { messages: [], connectionLost: false };

const slice = createSlice({
  name: 'messages',
  initialState,
  reducers: {
    messageShown: {
      reducer(state, action: PayloadAction<Message>) {
        state.messages = [...state.messages.filter((known) => known.text !== action.payload.text), action.payload].slice(-3);
      },
      prepare: (message: Omit<Message, 'id'>) => ({ payload: { ...message, id: nanoid() } }),
    },
    messageDismissed(state, action: PayloadAction<string>) {
      state.messages = state.messages.filter((message) => message.id !== action.payload);
    },
    connectionLost(state) {
      state.connectionLost = true;
    },
    connectionRestored(state) {
      state.connectionLost = false;
    },
  },
  extraReducers: (builder) => {
    builder
      .addMatcher(isNews, (state, { payload }) => {
        const news = payload.fresh.map((item): Message => ({
          id: item.id,
          tone: 'info',
          text: item.title,
          to: placeOf(item),
        }));
        state.messages = [...state.messages, ...news].slice(-3);
      })
      .addMatcher(isSessionEnd, (state) => {
        state.messages = [];
      });
  },
});

export const { messageShown, messageDismissed, connectionLost, connectionRestored } = slice.actions;
export const sessionOver = () => messageShown({ tone: 'info', text: 'Your session has ended. Log in again to continue.' });
export const messageReducer = slice.reducer;
export const selectMessages = (state: RootState) => state.messages.messages;
export const selectConnectionLost = (state: RootState) => state.messages.connectionLost;
