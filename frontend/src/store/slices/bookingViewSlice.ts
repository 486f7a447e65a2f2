import { createSlice } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { Booking, Quote } from '../../api/wire';
import { emptyPage, toPagination, type Pagination } from '../pagination';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';
import { newer, stayChanged, stayOpened } from './bookingSlice';
import { BOOKINGS_PER_PAGE, fetchBooking, fetchBookings, fetchCounts, fetchQuote, isBookingChange, requestBooking, type BookingTab } from './bookingThunks';
import { isNews } from './news';

/** What the booking pages need beside the agreed shape of `bookings`. */
export interface BookingViewState {
  pagination: Pagination;
  selectedBooking: Booking | null;
  selectedError: ApiProblem | null;
  quote: Quote | null;
  quoteLoading: boolean;
  quoteError: ApiProblem | null;
  counts: Partial<Record<BookingTab, number>>;
  /** Grows when a notification says that a booking changed; pages that show bookings load again. */
  revision: number;
}

const initialState: BookingViewState = {
  pagination: emptyPage(BOOKINGS_PER_PAGE),
  selectedBooking: null,
  selectedError: null,
  quote: null,
  quoteLoading: false,
  quoteError: null,
  counts: {},
  revision: 0,
};

const slice = createSlice({
  name: 'bookingView',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(stayOpened, (state) => {
        state.quoteError = null;
      })
      .addCase(stayChanged, (state) => {
        state.quoteError = null;
      })
      .addCase(fetchQuote.pending, (state) => {
        state.quoteLoading = true;
        state.quoteError = null;
      })
      .addCase(fetchQuote.fulfilled, (state, { payload }) => {
        state.quoteLoading = false;
        state.quote = payload;
      })
      .addCase(fetchQuote.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        state.quoteLoading = false;
        state.quote = null;
        state.quoteError = payload ?? null;
      })
      .addCase(requestBooking.fulfilled, (state, { payload }) => {
        state.selectedBooking = payload;
      })
      .addCase(fetchBooking.pending, (state, { meta }) => {
        state.selectedError = null;
        if (state.selectedBooking?.id !== meta.arg) state.selectedBooking = null;
      })
      .addCase(fetchBooking.fulfilled, (state, { payload }) => {
        const known = state.selectedBooking;
        state.selectedBooking = known?.id === payload.id ? newer(known, payload) : (known ?? payload);
      })
      .addCase(fetchBooking.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.selectedError = payload ?? null;
      })
      .addCase(fetchBookings.fulfilled, (state, { payload }) => {
        state.pagination = toPagination(payload);
      })
      .addCase(fetchCounts.fulfilled, (state, { payload }) => {
        state.counts = payload;
      })
      .addMatcher(isNews, (state, { payload }) => {
        if (payload.fresh.some((item) => item.booking_id)) state.revision += 1;
      })
      .addMatcher(isBookingChange, (state, { payload }) => {
        const known = state.selectedBooking;
        if (known?.id === payload.id) state.selectedBooking = newer(known, payload);
        state.revision += 1;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

export const bookingViewReducer = slice.reducer;
export const selectBookingView = (state: RootState) => state.bookingView;

/** The quote, as long as it is for the stay being put together and not for an earlier one. */
export function selectQuote({ bookings: { currentBooking }, bookingView: { quote } }: RootState): Quote | null {
  const current =
    quote?.listing_id === currentBooking.listing?.id &&
    quote?.check_in === currentBooking.checkIn &&
    quote?.check_out === currentBooking.checkOut &&
    quote?.guest_count === currentBooking.guestCount;
  return current ? quote : null;
}
