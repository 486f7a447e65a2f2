import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { session, traveler } from '../../test/fixtures';
import { http } from '../../test/http';
import { failure, server } from '../../test/server';
import { makeStore } from '../store';
import { loggedOut, login, logOut, register, sessionRestored } from './authSlice';

const signedOut = { user: null, token: null, isAuthenticated: false, loading: false, error: null };

test('a login keeps who it is, the token and its end', async () => {
  const asked: unknown[] = [];
  server.use(
    http.post('*/api/account/session', async ({ request }) => {
      asked.push(await request.json(), request.headers.get('x-staywell-session'));
      return HttpResponse.json(session());
    }),
  );
  const store = makeStore();
  await store.dispatch(login({ email: 'tina@example.com', password: 'demo-stay-2026' }));
  expect(asked).toEqual([{ email: 'tina@example.com', password: 'demo-stay-2026' }, 'browser']);
  expect(store.getState().auth).toEqual({
    ...signedOut,
    user: traveler,
    token: 'jwt-1',
    isAuthenticated: true,
  });
  expect(store.getState().session).toEqual({ expiresAt: '2099-01-01T00:00:00Z', expired: false });
  store.dispatch(loggedOut());
  expect(store.getState().auth).toEqual(signedOut);
  expect(store.getState().session).toEqual({ expiresAt: null, expired: false });
});

test('a refused registration says why and changes nothing else', async () => {
  server.use(http.post('*/api/owner/auth/register', () => failure(409, 'USERNAME_TAKEN', 'This user name is taken.')));
  const store = makeStore();
  const registration = { userType: 'owner', email: 'a@b.c', password: 'x', username: 'u', first_name: 'A', last_name: 'B' } as const;
  await store.dispatch(register(registration));
  expect(store.getState().auth).toEqual({
    ...signedOut,
    error: { code: 'USERNAME_TAKEN', message: 'This user name is taken.', status: 409, requestId: 'req-7', fields: {}, nights: [], alternatives: [], details: {} },
  });
});

test('a registration logs this browser in and keeps no other token', async () => {
  const ended: (string | null)[] = [];
  server.use(
    http.post('*/api/owner/auth/register', () => HttpResponse.json({ ...session(), token: 'of-a-program' }, { status: 201 })),
    http.post('*/api/account/session', () => HttpResponse.json(session())),
    http.post('*/api/account/logout', ({ request }) => {
      ended.push(request.headers.get('authorization'));
      return new HttpResponse<never>(null, { status: 204 });
    }),
  );
  const store = makeStore();
  await store.dispatch(register({ userType: 'owner', email: 'a@b.c', password: 'x', username: 'u', first_name: 'A', last_name: 'B' }));
  expect(store.getState().auth).toMatchObject({ token: 'jwt-1', isAuthenticated: true });
  expect(ended).toEqual(['Bearer of-a-program']);
});

test('a log-out that the server did not hear of is none', async () => {
  server.use(http.delete('*/api/account/session', () => failure(503, 'SERVICE_UNAVAILABLE', 'Not now.')));
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  await store.dispatch(logOut());
  expect(store.getState().auth.isAuthenticated).toBe(true);
  expect(store.getState().messages.messages.map(({ text }) => text)).toEqual(['Not now.']);
});
