import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { booking, BOOKING_ID, listing, LISTING_ID, notification, quote, session } from '../../test/fixtures';
import { http } from '../../test/http';
import { pageOf, server } from '../../test/server';
import { makeStore } from '../store';
import { loggedOut, sessionRestored } from './authSlice';
import { stayChanged, stayOpened } from './bookingSlice';
import { selectQuote } from './bookingViewSlice';
import { actOnBooking, fetchBooking, fetchBookings, fetchQuote } from './bookingThunks';
import { pollNotifications } from './notificationSlice';

const loggedIn = () => {
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  return store;
};

test('an older answer does not undo a newer one', async () => {
  const store = loggedIn();
  const answers = [booking({ version: 2, status: 'confirmed' }), booking({ version: 1, status: 'pending' })];
  server.use(http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(answers.shift())));
  await store.dispatch(fetchBooking(BOOKING_ID));
  await store.dispatch(fetchBooking(BOOKING_ID));
  expect(answers).toEqual([]);
  expect(store.getState().bookingView.selectedBooking).toMatchObject({ version: 2, status: 'confirmed' });
});

test('a quote counts only for the stay it was made for', async () => {
  server.use(http.get('*/api/bookings/quote', () => HttpResponse.json(quote)));
  const store = makeStore();
  store.dispatch(stayOpened({ listing, checkIn: '2026-12-04', checkOut: '2026-12-06', guestCount: 2 }));
  await store.dispatch(fetchQuote({ listing_id: LISTING_ID, check_in: '2026-12-04', check_out: '2026-12-06', guest_count: 2 }));
  expect(selectQuote(store.getState())).toEqual(quote);
  store.dispatch(stayChanged({ guestCount: 3 }));
  expect(selectQuote(store.getState())).toBeNull();
});

test('a cancelled booking changes in the list, and the reason is sent', async () => {
  const store = loggedIn();
  let sent: unknown;
  server.use(
    http.get('*/api/traveler/bookings', () => HttpResponse.json(pageOf([booking()]))),
    http.post(`*/api/bookings/${BOOKING_ID}/cancel`, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(booking({ status: 'cancelled', version: 2 }));
    }),
  );
  await store.dispatch(fetchBookings({ side: 'traveler', status: null, page: 1 }));
  await store.dispatch(actOnBooking({ id: BOOKING_ID, action: 'cancel', forHost: false, reason: 'Ill' }));
  expect(sent).toEqual({ reason: 'Ill' });
  expect(store.getState().bookings.userBookings.map(({ status }) => status)).toEqual(['cancelled']);
  expect(store.getState().bookingView.revision).toBe(1);
});

test('only news about a booking asks the booking pages to load again', async () => {
  const store = loggedIn();
  const feeds = [[], [notification({ id: 'd1', booking_id: null })], [notification({ id: 'd2' }), notification({ id: 'd1', booking_id: null })]];
  server.use(http.get('*/api/notifications', () => HttpResponse.json({ ...pageOf(feeds.shift() ?? []), unread: 1 })));
  const revisions: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await store.dispatch(pollNotifications());
    revisions.push(store.getState().bookingView.revision);
  }
  expect(revisions).toEqual([0, 0, 1]);
});

test('logging out forgets whose bookings these were, but not the stay being put together', async () => {
  const store = loggedIn();
  server.use(http.get('*/api/traveler/bookings', () => HttpResponse.json(pageOf([booking()]))));
  await store.dispatch(fetchBookings({ side: 'traveler', status: null, page: 1 }));
  store.dispatch(stayOpened({ listing, checkIn: '2026-12-04', checkOut: null, guestCount: 2 }));
  store.dispatch(loggedOut());
  expect(store.getState().bookings.userBookings).toEqual([]);
  expect(store.getState().bookings.currentBooking.checkIn).toBe('2026-12-04');
});
