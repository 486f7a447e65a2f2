import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { Arrival, SentMessage } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

/** Where the confirmed stay that is looked at is, and how to get in. */
export interface ArrivalState {
  bookingId: string | null;
  arrival: Arrival | null;
  problem: ApiProblem | null;
}

const initialState: ArrivalState = { bookingId: null, arrival: null, problem: null };

export const fetchArrival = apiThunk<Arrival, string>('arrival/one', async (id, { api, signal }) => {
  const { data } = await api.get(`/bookings/${id}/arrival`, { signal });
  return data;
});

export const sendMessage = apiThunk<SentMessage, { id: string; text: string; key: string }>('arrival/message', async ({ id, text, key }, { api }) => {
  const { data } = await api.post(`/bookings/${id}/contact`, { text }, { headers: { 'Idempotency-Key': key } });
  return data;
});

const slice = createSlice({
  name: 'arrival',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchArrival.pending, (state, { meta }) => (state.bookingId === meta.arg ? state : { ...initialState, bookingId: meta.arg }))
      .addCase(fetchArrival.fulfilled, (state, { meta, payload }) => {
        if (state.bookingId === meta.arg) Object.assign(state, { arrival: payload, problem: null });
      })
      .addCase(fetchArrival.rejected, (state, { meta, payload }) => {
        if (!meta.aborted && state.bookingId === meta.arg) Object.assign(state, { arrival: null, problem: payload ?? null });
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

addReducer('arrival', slice.reducer);
export const selectArrival = (state: RootState) => state.arrival;
