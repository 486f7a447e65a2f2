import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { session, traveler } from '../../test/fixtures';
import { http } from '../../test/http';
import { failure, server } from '../../test/server';
import { makeStore } from '../store';
import { loggedOut, login, register } from './authSlice';

const signedOut = { user: null, token: null, isAuthenticated: false, loading: false, error: null };

test('a login keeps who it is, the token and its end', async () => {
  const asked: unknown[] = [];
  server.use(
    http.post('*/api/traveler/auth/login', async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json(session());
    }),
  );
  const store = makeStore();
  await store.dispatch(login({ userType: 'traveler', email: 'tina@example.com', password: 'demo-stay-2026' }));
  expect(asked).toEqual([{ email: 'tina@example.com', password: 'demo-stay-2026' }]);
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
