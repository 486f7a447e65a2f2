import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import type { Booking, Favorite, Listing, ListingCard } from '../../api/wire';
import type { Day } from '../../lib/dates';
import type { RootState } from '../store';
import { isSessionEnd, loggedOut } from './authSlice';
import { fetchBooking, fetchBookings, isBookingChange, requestBooking } from './bookingThunks';
import { addFavorite, fetchFavorites, removeFavorite } from './favoriteThunks';

export interface CurrentBooking {
  listing: Listing | null;
  checkIn: Day | null;
  checkOut: Day | null;
  guestCount: number;
}

/** A chosen stay, saved to be requested later. */
export interface CartItem {
  listing: ListingCard;
  checkIn: Day;
  checkOut: Day;
  guestCount: number;
}

export interface BookingState {
  /** A traveler's own bookings, or those of an owner's listings. */
  userBookings: Booking[];
  favorites: Favorite[];
  cart: CartItem[];
  currentBooking: CurrentBooking;
  loading: boolean;
  error: ApiProblem | null;
}

const initialState: BookingState = {
  userBookings: [],
  favorites: [],
  cart: [],
  currentBooking: { listing: null, checkIn: null, checkOut: null, guestCount: 1 },
  loading: false,
  error: null,
};

/** An answer that was overtaken by a newer one must not bring the old state back. */
export const newer = (known: Booking, incoming: Booking) => (incoming.version >= known.version ? incoming : known);

export const cartKey = ({ listing, checkIn, checkOut }: Pick<CartItem, 'checkIn' | 'checkOut'> & { listing: { id: string } }) =>
  `${listing.id}:${checkIn}:${checkOut}`;

const remember = (state: BookingState, booking: Booking) => {
  state.userBookings = state.userBookings.map((known) => (known.id === booking.id ? newer(known, booking) : known));
};

const exclude = (state: BookingState, { id }: Favorite) => {
  state.favorites = state.favorites.filter((known) => known.id !== id);
};

const include = (state: BookingState, favorite: Favorite) => {
  exclude(state, favorite);
  state.favorites = [...state.favorites, favorite].sort((a, b) => b.favorited_at.localeCompare(a.favorited_at));
};

const slice = createSlice({
  name: 'bookings',
  initialState,
  reducers: {
    stayOpened(state, action: PayloadAction<CurrentBooking>) {
      state.currentBooking = action.payload;
    },
    stayChanged(state, action: PayloadAction<Partial<Omit<CurrentBooking, 'listing'>>>) {
      Object.assign(state.currentBooking, action.payload);
    },
    cartRestored(state, action: PayloadAction<CartItem[]>) {
      state.cart = action.payload;
    },
    staySaved(state, action: PayloadAction<CartItem>) {
      const key = cartKey(action.payload);
      state.cart = [action.payload, ...state.cart.filter((item) => cartKey(item) !== key)];
    },
    stayRemoved(state, action: PayloadAction<string>) {
      state.cart = state.cart.filter((item) => cartKey(item) !== action.payload);
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(requestBooking.fulfilled, (state, { payload }) => {
        state.currentBooking = initialState.currentBooking;
        const asked = cartKey({ listing: { id: payload.listing_id }, checkIn: payload.check_in, checkOut: payload.check_out });
        state.cart = state.cart.filter((item) => cartKey(item) !== asked);
      })
      .addCase(fetchBooking.fulfilled, (state, { payload }) => remember(state, payload))
      .addCase(fetchBookings.pending, (state) => {
        state.loading = true;
        state.error = null;
      })
      .addCase(fetchBookings.fulfilled, (state, { payload }) => {
        state.loading = false;
        state.userBookings = payload.results;
      })
      .addCase(fetchBookings.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        state.loading = false;
        state.error = payload ?? null;
      })
      .addCase(fetchFavorites.fulfilled, (state, { payload }) => {
        state.favorites = payload;
      })
      .addCase(addFavorite.pending, (state, { meta }) => include(state, meta.arg))
      .addCase(addFavorite.rejected, (state, { meta }) => exclude(state, meta.arg))
      .addCase(removeFavorite.pending, (state, { meta }) => exclude(state, meta.arg))
      .addCase(removeFavorite.rejected, (state, { meta }) => include(state, meta.arg))
      .addMatcher(isBookingChange, (state, { payload }) => remember(state, payload))
      .addMatcher(isSessionEnd, (state, action) => ({
        ...initialState,
        cart: loggedOut.match(action) ? [] : state.cart,
        currentBooking: state.currentBooking,
      }));
  },
});

export const { stayOpened, stayChanged, cartRestored, staySaved, stayRemoved } = slice.actions;
export const bookingReducer = slice.reducer;

export const selectBookings = (state: RootState) => state.bookings;
export const selectCurrentBooking = (state: RootState) => state.bookings.currentBooking;
export const selectFavorites = (state: RootState) => state.bookings.favorites;
export const selectCart = (state: RootState) => state.bookings.cart;
