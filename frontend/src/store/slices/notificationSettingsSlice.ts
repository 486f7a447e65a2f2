import { createSlice } from '@reduxjs/toolkit';
import type { NotificationChanges, NotificationChoice, NotificationSettings, StoppedKind } from '../../api/wire';
import type { ApiProblem } from '../../api/problem';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

export interface NotificationSettingsState {
  settings: NotificationSettings | null;
  error: ApiProblem | null;
}

const initialState: NotificationSettingsState = { settings: null, error: null };

export const fetchNotificationSettings = apiThunk<NotificationSettings>('notificationSettings/fetch', async (_, { api, signal }) => {
  const { data } = await api.get('/notifications/preferences', { signal });
  return data;
});

export const saveNotificationSettings = apiThunk<NotificationSettings, NotificationChoice>('notificationSettings/save', async (body, { api }) => {
  const { data } = await api.put('/notifications/preferences', body as NotificationChanges);
  return data;
});

/** By the link of an e-mail, without a login. */
export const stopEmails = apiThunk<StoppedKind, string>('notificationSettings/stop', async (token, { api }) => {
  const { data } = await api.post(`/notifications/unsubscribe/${encodeURIComponent(token)}`);
  return data;
});

const slice = createSlice({
  name: 'notificationSettings',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchNotificationSettings.pending, (state) => {
        state.error = null;
      })
      .addCase(fetchNotificationSettings.fulfilled, (state, { payload }) => {
        state.settings = payload;
      })
      .addCase(fetchNotificationSettings.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.error = payload ?? null;
      })
      .addCase(saveNotificationSettings.fulfilled, (state, { payload }) => {
        state.settings = payload;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('notificationSettings', slice.reducer);
export const selectNotificationSettings = (state: RootState) => state.notificationSettings;
