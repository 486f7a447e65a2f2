import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { Hold, PaymentMethods } from '../../api/wire';
import type { Day } from '../../lib/dates';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';
import { requestBooking } from './bookingThunks';
import { fetchHolds, fetchPaymentMethods, placeHold, releaseHold } from './checkoutThunks';

/** What stands between the choice of a stay and its booking. */
export interface CheckoutState {
  /** Those that are over stay here until they are asked for again. */
  holds: Hold[];
  holdsLoaded: boolean;
  /** The call whose list is newer than all that is known. */
  holdsAsked: string | null;
  holdsError: ApiProblem | null;
  clockAhead: number;
  payment: PaymentMethods | null;
  paymentError: ApiProblem | null;
}

const initialState: CheckoutState = {
  holds: [],
  holdsLoaded: false,
  holdsAsked: null,
  holdsError: null,
  clockAhead: 0,
  payment: null,
  paymentError: null,
};

interface Nights {
  listing_id: string;
  check_in: Day;
  check_out: Day;
}

const overlap = (one: Nights, other: Nights) =>
  one.listing_id === other.listing_id && one.check_in < other.check_out && other.check_in < one.check_out;

const slice = createSlice({
  name: 'checkout',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(fetchHolds.pending, (state, { meta }) => {
        state.holdsAsked = meta.requestId;
        state.holdsError = null;
      })
      .addCase(fetchHolds.fulfilled, (state, { meta, payload }) => {
        if (state.holdsAsked === meta.requestId) state.holds = payload.holds;
        state.clockAhead = payload.clockAhead;
        state.holdsLoaded = true;
      })
      .addCase(fetchHolds.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.holdsError = payload ?? null;
      })
      .addCase(placeHold.fulfilled, (state, { payload: { hold, clockAhead } }) => {
        state.holds = [hold, ...state.holds.filter((known) => !overlap(known, hold))];
        state.clockAhead = clockAhead;
        state.holdsLoaded = true;
        state.holdsAsked = null;
      })
      .addCase(releaseHold.fulfilled, (state, { meta }) => {
        state.holdsAsked = null;
        state.holds = state.holds.filter((hold) => hold.id !== meta.arg);
      })
      .addCase(requestBooking.fulfilled, (state, { payload }) => {
        state.holds = state.holds.filter((hold) => !overlap(hold, payload));
      })
      .addCase(fetchPaymentMethods.pending, (state) => {
        state.paymentError = null;
      })
      .addCase(fetchPaymentMethods.fulfilled, (state, { payload }) => {
        state.payment = payload;
      })
      .addCase(fetchPaymentMethods.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.paymentError = payload ?? null;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

export const checkoutReducer = slice.reducer;
export const selectCheckout = (state: RootState) => state.checkout;
export const selectHeldAt = (listingId: string | undefined) => (state: RootState) => state.checkout.holds.find((hold) => hold.listing_id === listingId);
export const selectHolds = (state: RootState) => state.checkout.holds;
