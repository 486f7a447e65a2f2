import { waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { afterEach, expect, test, vi } from 'vitest';
import type { Session } from '../api/wire';
import { session, traveler } from '../test/fixtures';
import { http } from '../test/http';
import { failure, pageOf, server } from '../test/server';
import { keepSession, restoreSession } from './session';
import { fetchBookings } from './slices/bookingThunks';
import { loggedOut, sessionExpired, sessionRestored } from './slices/authSlice';
import { makeStore, type AppStore } from './store';

const NOW = new Date('2026-11-22T08:00:00Z');
const IN_TEN_MINUTES = '2026-11-22T08:10:00Z';
const stops: (() => void)[] = [];

afterEach(() => {
  stops.splice(0).forEach((stop) => stop());
  document.cookie = 'staywell_signed_in=; max-age=0';
});

const renewedAs = (token: string, changes: Partial<Session> = {}): Session => ({ ...session(), ...changes, token });

/** Counts what is asked for; a browser sends the cookie along. */
function answerRenewals(answer: (number: number) => Session | null) {
  const asked: (string | null)[] = [];
  server.use(
    http.post('*/api/account/session/refresh', ({ request }) => {
      asked.push(request.headers.get('x-staywell-session'));
      const next = answer(asked.length);
      return next ? HttpResponse.json(next) : failure(401, 'NOT_AUTHENTICATED', 'Your session has ended.');
    }),
  );
  return asked;
}

function kept(store: AppStore = makeStore()) {
  stops.push(keepSession(store));
  return store;
}

const tokenOf = (store: AppStore) => store.getState().auth.token;

test('a login outlives a reload by its cookie, and no script finds a token anywhere', async () => {
  localStorage.setItem('staywell.session', JSON.stringify(session()));
  document.cookie = 'staywell_signed_in=1';
  const asked = answerRenewals(() => renewedAs('jwt-2'));
  const store = kept();
  await restoreSession(store);
  expect(store.getState().auth).toMatchObject({ token: 'jwt-2', isAuthenticated: true, user: { username: 'tina' } });
  expect(asked).toEqual(['browser']);
  expect(JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie).not.toContain('jwt');
  expect(localStorage.getItem('staywell.session')).toBeNull();
});

test('who never logged in is not asked for', async () => {
  const asked = answerRenewals(() => renewedAs('jwt-2'));
  const store = makeStore();
  await restoreSession(store);
  expect([asked.length, tokenOf(store)]).toEqual([0, null]);
});

test('without an answer the page opens all the same', async () => {
  document.cookie = 'staywell_signed_in=1';
  server.use(http.post('*/api/account/session/refresh', () => HttpResponse.error()));
  const store = makeStore();
  await restoreSession(store);
  expect(store.getState().auth.isAuthenticated).toBe(false);
});

test('who was suspended meanwhile is told so, and not that the session has ended', async () => {
  document.cookie = 'staywell_signed_in=1';
  const details = { support_email: 'help@staywell.example' };
  server.use(http.post('*/api/account/session/refresh', () => failure(403, 'ACCOUNT_SUSPENDED', 'This account is suspended.', { details })));
  const store = kept();
  store.dispatch(sessionRestored(renewedAs('jwt-1')));
  expect(await store.renew('jwt-1')).toBeNull();
  const { auth, suspension } = store.getState();
  expect([auth.token, suspension]).toEqual([null, { suspended: true, supportEmail: 'help@staywell.example' }]);
});

test('the token is renewed before it expires', async () => {
  vi.useFakeTimers({ now: NOW, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const asked = answerRenewals((number) => renewedAs(`jwt-${number + 1}`, { expires_at: IN_TEN_MINUTES }));
  const store = kept();
  store.dispatch(sessionRestored(renewedAs('jwt-1', { expires_at: '2026-11-22T08:05:00Z' })));
  await vi.advanceTimersByTimeAsync(239_000);
  expect(asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(2_000);
  await vi.waitFor(() => expect(tokenOf(store)).toBe('jwt-2'));
});

test('a clock that is wrong by days asks neither at once nor never', async () => {
  vi.useFakeTimers({ now: new Date('2030-01-01T00:00:00Z'), toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const asked = answerRenewals((number) => renewedAs(`jwt-${number + 1}`, { expires_at: IN_TEN_MINUTES }));
  const store = kept();
  store.dispatch(sessionRestored(renewedAs('jwt-1', { expires_at: IN_TEN_MINUTES })));
  await vi.advanceTimersByTimeAsync(29_000);
  expect(asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(2_000);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
});

test('a login that has ended elsewhere ends here with a word', async () => {
  vi.useFakeTimers({ now: NOW, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  answerRenewals(() => null);
  const store = kept();
  store.dispatch(sessionRestored(renewedAs('jwt-1', { expires_at: IN_TEN_MINUTES })));
  await vi.advanceTimersByTimeAsync(8 * 60_000 + 1_000);
  await vi.waitFor(() => expect(store.getState().auth.isAuthenticated).toBe(false));
  expect(store.getState().messages.messages.map(({ text }) => text)).toEqual(['Your session has ended. Log in again to continue.']);
});

test('calls whose token is refused share one renewal and are asked again', async () => {
  const asked = answerRenewals(() => renewedAs('jwt-2'));
  const seen: (string | null)[] = [];
  server.use(
    http.get('*/api/traveler/bookings', ({ request }) => {
      const sent = request.headers.get('authorization');
      seen.push(sent);
      return sent === 'Bearer jwt-2' ? HttpResponse.json(pageOf([])) : failure(401, 'NOT_AUTHENTICATED', 'Expired.');
    }),
  );
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  const ask = () => store.dispatch(fetchBookings({ side: 'traveler', status: null, page: 1 }));
  await Promise.all([ask(), ask(), ask()]);
  expect(seen.toSorted()).toEqual([...Array<string>(3).fill('Bearer jwt-1'), ...Array<string>(3).fill('Bearer jwt-2')]);
  expect(asked).toHaveLength(1);
  expect(store.getState().auth).toMatchObject({ token: 'jwt-2', isAuthenticated: true });
});

test('a renewed token that is refused too is not asked for again', async () => {
  const asked = answerRenewals(() => renewedAs('jwt-2'));
  server.use(http.get('*/api/traveler/bookings', () => failure(401, 'NOT_AUTHENTICATED', 'No.')));
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  await store.dispatch(fetchBookings({ side: 'traveler', status: null, page: 1 }));
  expect([asked.length, store.getState().auth.isAuthenticated]).toEqual([1, false]);
});

test('what one tab renews the others use, and who logs out in one is out in all', async () => {
  const [here, there] = [kept(), kept()];
  for (const store of [here, there]) store.dispatch(sessionRestored(session()));
  here.dispatch(sessionRestored(renewedAs('jwt-2')));
  await waitFor(() => expect(tokenOf(there)).toBe('jwt-2'));
  here.dispatch(loggedOut());
  await waitFor(() => expect(there.getState().auth.isAuthenticated).toBe(false));
});

test('a session that ended by itself in one tab is not ended in others', async () => {
  const [here, there] = [kept(), kept()];
  for (const store of [here, there]) store.dispatch(sessionRestored(session()));
  here.dispatch(sessionExpired());
  here.dispatch(sessionRestored(renewedAs('jwt-3')));
  await waitFor(() => expect(tokenOf(there)).toBe('jwt-3'));
});

test('a login of somebody else in another tab takes nothing over', async () => {
  answerRenewals(() => renewedAs('jwt-2', { user: { ...traveler, id: 'a00000000000000000000002', username: 'uma' } }));
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  const ended: boolean[] = [];
  store.subscribe(() => ended.push(store.getState().auth.user === null));
  await store.renew('jwt-1');
  expect(ended).toContain(true);
  expect(store.getState().auth).toMatchObject({ token: 'jwt-2', user: { username: 'uma' } });
});
