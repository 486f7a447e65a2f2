import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { expect, test, vi } from 'vitest';
import { sessionRestored } from '../../store/slices/authSlice';
import type { User } from '../../api/wire';
import { makeStore } from '../../store/store';
import { session, traveler } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, feedOf, pageOf, server } from '../../test/server';

vi.mock('../Map/ListingMap', () => ({ default: () => null }));

async function fillLogin(password: string) {
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText('E-mail'), 'tina@example.com');
  await user.type(screen.getByLabelText('Password'), password);
  await user.click(screen.getByRole('button', { name: 'Log in' }));
  return user;
}

test('a wrong password is told with the reference of the call', async () => {
  server.use(http.post('*/api/account/session', () => failure(401, 'INVALID_CREDENTIALS', 'The e-mail or the password is wrong.')));
  const { store } = renderApp('/login');
  await fillLogin('wrong');
  expect(await screen.findByRole('alert')).toHaveTextContent('The e-mail or the password is wrong.Reference: req-7');
  expect(store.getState().auth.isAuthenticated).toBe(false);
});

test('an owner logs in and lands at the desk', async () => {
  const owner: User = { ...traveler, user_type: 'owner', roles: ['owner'] };
  server.use(
    http.post('*/api/account/session', () => HttpResponse.json({ ...session(), user: owner })),
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/owner/bookings', () => HttpResponse.json(pageOf([]))),
  );
  const { router } = renderApp('/login');
  await fillLogin('demo-stay-2026');
  expect(await screen.findByRole('heading', { name: 'Owner’s desk' })).toBeVisible();
  expect(router.state.location.pathname).toBe('/desk');
});

test('field errors of a registration stand at their fields', async () => {
  const fields = { password: ['This password is too common.'], username: ['Only letters and digits.'] };
  server.use(http.post('*/api/traveler/auth/register', () => failure(400, 'VALIDATION_ERROR', 'Look at the fields.', { fields })));
  renderApp('/register');
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText('First name'), 'Tina');
  await user.type(screen.getByLabelText('Last name'), 'Tan');
  await user.type(screen.getByLabelText('Username'), 't!');
  await user.type(screen.getByLabelText('E-mail'), 'tina@example.com');
  await user.type(screen.getByLabelText('Password'), 'password12');
  await user.click(screen.getByRole('button', { name: 'Sign up' }));
  expect(await screen.findByText('This password is too common.')).toBeVisible();
  expect(screen.getByLabelText('Password')).toHaveAccessibleDescription('At least 10 characters, and not a common one. This password is too common.');
  expect(screen.getByLabelText('Username')).toHaveAccessibleDescription('Only letters and digits.');
  expect(screen.getByLabelText('E-mail')).toBeValid();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a page for travelers asks for the login first and comes back', async () => {
  server.use(
    http.post('*/api/account/session', () => HttpResponse.json(session())),
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/traveler/bookings', () => HttpResponse.json(pageOf([]))),
  );
  const { router } = renderApp('/bookings?status=confirmed');
  await fillLogin('demo-stay-2026');
  expect(await screen.findByRole('heading', { name: 'My bookings' })).toBeVisible();
  expect(router.state.location.pathname + router.state.location.search).toBe('/bookings?status=confirmed');
});

function openBookings() {
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/properties', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
  );
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  return renderApp('/bookings', store);
}

test('who logs out goes home', async () => {
  server.use(
    http.get('*/api/traveler/bookings', () => HttpResponse.json(pageOf([]))),
    http.delete('*/api/account/session', () => new HttpResponse<never>(null, { status: 204 })),
  );
  const { router, store } = openBookings();
  await screen.findByRole('heading', { name: 'No bookings here' });
  await userEvent.click(screen.getByRole('button', { name: 'Account menu' }));
  await userEvent.click(screen.getByRole('button', { name: 'Log out' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/'));
  expect(store.getState().auth.user).toBeNull();
});

test('a session that ended leads to the login, with a word and a way back', async () => {
  server.use(http.get('*/api/traveler/bookings', () => failure(401, 'NOT_AUTHENTICATED', 'No.')));
  const { router } = openBookings();
  expect(await screen.findByRole('heading', { name: 'Log in' })).toBeVisible();
  expect(screen.getByText('Your session has ended. Log in again to continue.')).toBeVisible();
  expect(router.state.location.state).toMatchObject({ from: { pathname: '/bookings' } });
});
