import { HttpResponse } from 'msw';
import { expect, test, vi } from 'vitest';
import { noFilters } from '../../lib/filters';
import { session } from '../../test/fixtures';
import { http } from '../../test/http';
import { failure, pageOf, server } from '../../test/server';
import { sessionRestored } from '../slices/authSlice';
import { markAllRead } from '../slices/notificationSlice';
import { fetchBookings } from '../slices/bookingThunks';
import { searchListings } from '../slices/propertySlice';
import { makeStore } from '../store';
import { createLoggerMiddleware } from './loggerMiddleware';

const search = searchListings({ filters: noFilters, page: 1 });

test('the token of the moment goes with every call', async () => {
  const seen: (string | null)[] = [];
  server.use(
    http.get('*/api/properties', ({ request }) => {
      seen.push(request.headers.get('authorization'));
      return HttpResponse.json(pageOf([]));
    }),
  );
  const store = makeStore();
  await store.dispatch(search);
  store.dispatch(sessionRestored(session()));
  await store.dispatch(search);
  expect(seen).toEqual([null, 'Bearer jwt-1']);
});

test('a refused token ends the session and says so', async () => {
  server.use(http.get('*/api/traveler/bookings', () => failure(401, 'NOT_AUTHENTICATED', 'No.')));
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  await store.dispatch(fetchBookings({ side: 'traveler', status: null, page: 1 }));
  expect(store.getState().auth).toMatchObject({ isAuthenticated: false, token: null, user: null });
  expect(store.getState().messages.messages.map(({ text }) => text)).toEqual(['Your session has ended. Log in again to continue.']);
});

test('a wrong password is no end of a session', async () => {
  server.use(http.get('*/api/properties', () => failure(401, 'INVALID_CREDENTIALS', 'Wrong.')));
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  await store.dispatch(search);
  expect(store.getState().auth.isAuthenticated).toBe(true);
});

test('a lost connection is known until an answer comes', async () => {
  const store = makeStore();
  server.use(http.get('*/api/properties', () => HttpResponse.error()));
  await store.dispatch(search);
  expect(store.getState().messages.connectionLost).toBe(true);
  expect(store.getState().properties.error?.code).toBe('NETWORK');
  server.use(http.get('*/api/properties', () => HttpResponse.json(pageOf([]))));
  await store.dispatch(search);
  expect(store.getState().messages.connectionLost).toBe(false);
});

test('a gateway without anybody behind it counts as no connection', async () => {
  const store = makeStore();
  server.use(http.get('*/api/properties', () => new HttpResponse<never>('<html>' as never, { status: 502 })));
  await store.dispatch(search);
  expect(store.getState().properties.error).toMatchObject({ code: 'NETWORK', status: 502 });
});

test('a failure that no page shows is told with its request id', async () => {
  server.use(http.post('*/api/notifications/read-all', () => failure(500, 'INTERNAL_ERROR', 'It broke.')));
  const store = makeStore();
  await store.dispatch(markAllRead());
  expect(store.getState().messages.messages).toMatchObject([{ tone: 'error', text: 'It broke.', requestId: 'req-7' }]);
});

test('the log has every action, but no password and no token', () => {
  const write = vi.fn();
  const next = vi.fn((action: unknown) => action);
  const run = createLoggerMiddleware(write)({ getState: () => ({}), dispatch: (action: unknown) => action } as never)(next);
  const action = { type: 'auth/login', payload: { token: 'jwt-1', user: { password: 'p', email: 'a@b.c' } } };
  expect(run(action)).toBe(action);
  expect(next).toHaveBeenCalledExactlyOnceWith(action);
  expect(write).toHaveBeenCalledExactlyOnceWith('auth/login', { token: '[hidden]', user: { password: '[hidden]', email: 'a@b.c' } });
});
