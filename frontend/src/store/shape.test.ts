import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { noFilters } from '../lib/filters';
import { booking, favorite, listing, session } from '../test/fixtures';
import { http } from '../test/http';
import { foundPage, pageOf, server } from '../test/server';
import { sessionRestored } from './slices/authSlice';
import { stayOpened, staySaved } from './slices/bookingSlice';
import { fetchBookings } from './slices/bookingThunks';
import { fetchFavorites } from './slices/favoriteThunks';
import { fetchListing, searchListings } from './slices/propertySlice';
import { makeStore } from './store';

test('the store starts in the agreed shape, and with nothing else in its three parts', () => {
  const { auth, properties, bookings } = makeStore().getState();
  expect(auth).toEqual({ user: null, token: null, isAuthenticated: false, loading: false, error: null });
  expect(properties).toEqual({
    listings: [],
    selectedProperty: null,
    filters: { location: '', minPrice: null, maxPrice: null, propertyType: '', maxGuests: null, amenities: [] },
    pagination: { page: 1, perPage: 20, total: 0, hasNext: false },
    loading: true,
    error: null,
  });
  expect(bookings).toEqual({
    userBookings: [],
    favorites: [],
    cart: [],
    currentBooking: { listing: null, checkIn: null, checkOut: null, guestCount: 1 },
    loading: false,
    error: null,
  });
});

test('filled, it still has that shape', async () => {
  server.use(
    http.get('*/api/properties/search', () => HttpResponse.json(foundPage([listing], { per_page: 10, total: 50, has_next: true, total_capped: true }))),
    http.get('*/api/properties/:id', () => HttpResponse.json(listing)),
    http.get('*/api/traveler/bookings', () => HttpResponse.json(pageOf([booking()]))),
    http.get('*/api/traveler/favorites', () => HttpResponse.json(pageOf([favorite()]))),
  );
  const store = makeStore();
  const asked = { location: 'Santa Monica', minPrice: 1, maxPrice: 500, propertyType: 'house' as const, maxGuests: 4, amenities: ['wifi', 'pool'] };
  const stay = { listing, checkIn: '2026-12-01', checkOut: '2026-12-05', guestCount: 2 };
  store.dispatch(sessionRestored(session()));
  await store.dispatch(searchListings({ filters: { ...noFilters, ...asked, checkIn: '2026-12-01', checkOut: '2026-12-05' }, page: 1 }));
  await store.dispatch(fetchListing(listing.id));
  await store.dispatch(fetchBookings({ side: 'traveler', status: null, page: 1 }));
  await store.dispatch(fetchFavorites());
  store.dispatch(stayOpened(stay));
  store.dispatch(staySaved(stay));

  const { auth, properties, bookings } = store.getState();
  expect(auth).toEqual({ user: session().user, token: 'jwt-1', isAuthenticated: true, loading: false, error: null });
  expect(Object.keys(session().user)).toEqual(expect.arrayContaining(['id', 'username', 'email', 'user_type', 'profile']));
  expect(properties).toEqual({
    listings: [{ ...listing, price: 120 }],
    selectedProperty: listing,
    filters: asked,
    pagination: { page: 1, perPage: 10, total: 50, hasNext: true },
    loading: false,
    error: null,
  });
  expect(bookings).toEqual({
    userBookings: [booking()],
    favorites: [favorite()],
    cart: [stay],
    currentBooking: stay,
    loading: false,
    error: null,
  });
});

const files = Object.keys(import.meta.glob('/src/**/*.{ts,tsx}')).map((path) => path.replace(/^\/src\/|\.tsx?$/g, ''));

test('the agreed files stand where they were agreed on', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'store/store',
      ...['auth', 'property', 'booking'].map((name) => `store/slices/${name}Slice`),
      ...['api', 'logger'].map((name) => `store/middleware/${name}Middleware`),
      ...['Login', 'Register', 'Profile'].map((name) => `components/Auth/${name}`),
      ...['List', 'Card', 'Details', 'Filters'].map((name) => `components/Properties/Property${name}`),
      ...['Form', 'List', 'Card'].map((name) => `components/Bookings/Booking${name}`),
      ...['Header', 'Footer', 'LoadingSpinner'].map((name) => `components/Common/${name}`),
      ...['Home', 'Property', 'Bookings', 'Dashboard'].map((name) => `pages/${name}Page`),
      'App',
    ]),
  );
});
