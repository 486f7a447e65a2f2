import { delay, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { noFilters, storedFilters } from '../../lib/filters';
import { calendar, listing, LISTING_ID, quote } from '../../test/fixtures';
import { http } from '../../test/http';
import { failure, foundPage, pageOf, server } from '../../test/server';
import { makeStore } from '../store';
import { fetchQuote } from './bookingThunks';
import { fetchCalendar } from './detailSlice';
import { fetchListing, searchListings } from './propertySlice';

test('a search fills listings, filters and pagination', async () => {
  let asked = '';
  server.use(
    http.get('*/api/properties/search', ({ request }) => {
      asked = new URL(request.url).search;
      return HttpResponse.json(foundPage([listing], { page: 2, total: 500, has_next: true, total_capped: true }));
    }),
  );
  const store = makeStore();
  const filters = { ...noFilters, minPrice: 50, maxGuests: 2, checkIn: '2026-12-04', checkOut: '2026-12-06' };
  await store.dispatch(searchListings({ filters, page: 2 }));
  expect(asked).toBe('?min_price=50&guests=2&check_in=2026-12-04&check_out=2026-12-06&page=2&per_page=20');
  expect(store.getState().properties).toMatchObject({
    listings: [{ id: LISTING_ID, price: 120 }],
    filters: storedFilters(filters),
    pagination: { page: 2, perPage: 20, total: 500, hasNext: true },
    loading: false,
    error: null,
  });
});

test('a failed search keeps the listings that are shown', async () => {
  server.use(http.get('*/api/properties', () => HttpResponse.json(pageOf([listing])), { once: true }));
  const store = makeStore();
  await store.dispatch(searchListings({ filters: noFilters, page: 1 }));
  server.use(http.get('*/api/properties', () => failure(503, 'SERVICE_UNAVAILABLE', 'Back in a minute.')));
  await store.dispatch(searchListings({ filters: noFilters, page: 1 }));
  const { listings, error, loading } = store.getState().properties;
  expect(listings).toMatchObject([listing]);
  expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: 'Back in a minute.', status: 503 });
  expect(loading).toBe(false);
});

test('a search that was overtaken leaves no trace', async () => {
  server.use(
    http.get('*/api/properties', async () => {
      await delay(50);
      return HttpResponse.json(pageOf([listing]));
    }),
    http.get('*/api/properties/search', () => HttpResponse.json(foundPage([]))),
  );
  const store = makeStore();
  const slow = store.dispatch(searchListings({ filters: noFilters, page: 1 }));
  slow.abort();
  await store.dispatch(searchListings({ filters: { ...noFilters, maxGuests: 9 }, page: 1 }));
  await slow;
  expect(store.getState().properties).toMatchObject({ listings: [], loading: false, error: null });
});

test('taken nights come from the calendar, and a quote adds what it found', async () => {
  server.use(
    http.get(`*/api/properties/${LISTING_ID}`, () => HttpResponse.json(listing)),
    http.get('*/api/properties/:id/calendar', () => HttpResponse.json(calendar(['2026-12-10']))),
    http.get('*/api/bookings/quote', () => HttpResponse.json({ ...quote, available: false, taken: ['2026-12-10', '2026-12-05'] })),
  );
  const store = makeStore();
  await store.dispatch(fetchListing(LISTING_ID));
  await store.dispatch(fetchCalendar(LISTING_ID));
  await store.dispatch(fetchQuote({ listing_id: LISTING_ID, check_in: '2026-12-04', check_out: '2026-12-06', guest_count: 2 }));
  expect(store.getState().detail.takenNights).toEqual(['2026-12-05', '2026-12-10']);
});
