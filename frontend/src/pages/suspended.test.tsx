import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { sessionRestored } from '../store/slices/authSlice';
import { accountSuspended } from '../store/slices/suspensionSlice';
import { makeStore } from '../store/store';
import { session } from '../test/fixtures';
import { http } from '../test/http';
import { renderApp } from '../test/renderApp';
import { failure, feedOf, server } from '../test/server';
import { HttpResponse } from 'msw';

vi.mock('../components/Map/ListingMap', () => ({ default: () => null }));

const details = { support_email: 'help@staywell.example' };

test('who logs in to a suspended account reads what it means and where to appeal', async () => {
  server.use(http.post('*/api/account/session', () => failure(403, 'ACCOUNT_SUSPENDED', 'This account is suspended.', { details })));
  const { router, store } = renderApp('/login');
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText('E-mail'), 'tina@example.com');
  await user.type(screen.getByLabelText('Password'), 'demo-stay-2026');
  await user.click(screen.getByRole('button', { name: 'Log in' }));
  expect(await screen.findByRole('heading', { name: 'Your account is suspended' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Write to support' })).toHaveAttribute('href', 'mailto:help@staywell.example?subject=My%20account%20is%20suspended');
  expect(router.state.location.pathname).toBe('/suspended');
  expect(store.getState().auth.isAuthenticated).toBe(false);
});

test('who is suspended while they are logged in is led there, and not to the login', async () => {
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/traveler/bookings', () => failure(401, 'ACCOUNT_SUSPENDED', 'This account is suspended.', { details })),
  );
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  const { router } = renderApp('/bookings', store);
  expect(await screen.findByRole('heading', { name: 'Your account is suspended' })).toBeVisible();
  expect(router.state.location.pathname).toBe('/suspended');
  expect(store.getState().auth.user).toBeNull();
});

test('who only opens the page is sent to the e-mail that they got', async () => {
  renderApp('/suspended');
  expect(await screen.findByText(/the address in the e-mail that we sent you/)).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Write to support' })).toBeNull();
});

test('no page asks them to log in', async () => {
  const store = makeStore();
  store.dispatch(accountSuspended('help@staywell.example'));
  const { router } = renderApp('/', store);
  await router.navigate('/bookings');
  expect(await screen.findByRole('link', { name: 'Write to support' })).toBeVisible();
  expect(router.state.location.pathname).toBe('/suspended');
});
