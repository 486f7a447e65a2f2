import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { Booking, BookingStatus, Listing, ListingCard, Quote } from '../../api/types';
import type { Day } from '../../lib/dates';
import { toPagination, type Pagination } from '../pagination';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';
import { BOOKINGS_PER_PAGE, actOnBooking, fetchBooking, fetchBookings, fetchCounts, fetchQuote, requestBooking } from './bookingThunks';
import { pollNotifications } from './notificationSlice';

export interface CurrentBooking {
  listing: Listing | null;
  checkIn: Day | null;
  checkOut: Day | null;
  guestCount: number;
}

export interface BookingState {
  /** A traveler's own bookings, or those of an owner's listings. */
  userBookings: Booking[];
  favorites: ListingCard[];
  cart: CurrentBooking[];
  currentBooking: CurrentBooking;
  loading: boolean;
  error: ApiProblem | null;
  pagination: Pagination;
  selectedBooking: Booking | null;
  selectedError: ApiProblem | null;
  quote: Quote | null;
  quoteLoading: boolean;
  quoteError: ApiProblem | null;
  counts: Partial<Record<BookingStatus, number>>;
  /** Grows when a notification says that a booking changed; pages that show bookings load again. */
  revision: number;
}

const initialState: BookingState = {
  userBookings: [],
  favorites: [],
  cart: [],
  currentBooking: { listing: null, checkIn: null, checkOut: null, guestCount: 1 },
  loading: false,
  error: null,
  pagination: { page: 1, perPage: BOOKINGS_PER_PAGE, total: 0, hasNext: false, totalCapped: false },
  selectedBooking: null,
  selectedError: null,
  quote: null,
  quoteLoading: false,
  quoteError: null,
  counts: {},
  revision: 0,
};

/** An answer that was overtaken by a newer one must not bring the old state back. */
const newer = (known: Booking, incoming: Booking) => (incoming.version >= known.version ? incoming : known);

function remember(state: BookingState, booking: Booking) {
  state.userBookings = state.userBookings.map((known) => (known.id === booking.id ? newer(known, booking) : known));
  const selected = state.selectedBooking;
  state.selectedBooking = selected?.id === booking.id ? newer(selected, booking) : selected;
}

const slice = createSlice({
  name: 'bookings',
  initialState,
  reducers: {
    stayOpened(state, action: PayloadAction<CurrentBooking>) {
      state.currentBooking = action.payload;
      state.quoteError = null;
    },
    stayChanged(state, action: PayloadAction<Partial<Omit<CurrentBooking, 'listing'>>>) {
      Object.assign(state.currentBooking, action.payload);
      state.quoteError = null;
    },
  },
  extraReducers: (builder) => {
    builder
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
        state.currentBooking = initialState.currentBooking;
      })
      .addCase(fetchBooking.pending, (state, { meta }) => {
        state.selectedError = null;
        if (state.selectedBooking?.id !== meta.arg) state.selectedBooking = null;
      })
      .addCase(fetchBooking.fulfilled, (state, { payload }) => {
        state.selectedBooking ??= payload;
        remember(state, payload);
      })
      .addCase(fetchBooking.rejected, (state, { meta, payload }) => {
        if (!meta.aborted) state.selectedError = payload ?? null;
      })
      .addCase(actOnBooking.fulfilled, (state, { payload }) => {
        remember(state, payload);
        state.revision += 1;
      })
      .addCase(fetchBookings.pending, (state) => {
        state.loading = true;
        state.error = null;
      })
      .addCase(fetchBookings.fulfilled, (state, { payload }) => {
        state.loading = false;
        state.userBookings = payload.results;
        state.pagination = toPagination(payload);
      })
      .addCase(fetchBookings.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        state.loading = false;
        state.error = payload ?? null;
      })
      .addCase(fetchCounts.fulfilled, (state, { payload }) => {
        state.counts = payload;
      })
      .addCase(pollNotifications.fulfilled, (state, { payload }) => {
        if (payload.fresh.some((item) => item.booking_id)) state.revision += 1;
      })
      .addMatcher(isSessionEnd, (state) => ({ ...initialState, currentBooking: state.currentBooking }));
  },
});

export const { stayOpened, stayChanged } = slice.actions;
export const bookingReducer = slice.reducer;

export const selectBookings = (state: RootState) => state.bookings;
export const selectCurrentBooking = (state: RootState) => state.bookings.currentBooking;

/** The quote, as long as it is for the stay being put together and not for an earlier one. */
export function selectQuote({ bookings: { quote, currentBooking } }: RootState): Quote | null {
  const current =
    quote?.listing_id === currentBooking.listing?.id &&
    quote?.check_in === currentBooking.checkIn &&
    quote?.check_out === currentBooking.checkOut &&
    quote?.guest_count === currentBooking.guestCount;
  return current ? quote : null;
}
