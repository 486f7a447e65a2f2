import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { expect, test, vi } from 'vitest';
import type { User } from '../../api/wire';
import { sessionRestored } from '../../store/slices/authSlice';
import { session, traveler } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

vi.mock('../Map/ListingMap', () => ({ default: () => null }));

const done = () => new HttpResponse<never>(null, { status: 204 });
const accepted = () => new HttpResponse<never>(null, { status: 202 });

function storeOf(changes: Partial<User>) {
  const store = travelerStore();
  store.dispatch(sessionRestored({ ...session(), user: { ...traveler, ...changes } }));
  return store;
}

test('an address is confirmed by a click, and its token stays in no address', async () => {
  let sent: unknown;
  server.use(
    http.post('*/api/account/verify', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ email: 'tina@example.com' });
    }),
  );
  const { router } = renderApp('/verify#token-1');
  const button = await screen.findByRole('button', { name: 'Confirm the address' });
  expect(sent).toBeUndefined();
  await waitFor(() => expect(router.state.location.hash).toBe(''));
  await userEvent.click(button);
  expect(await screen.findByText(/Your e-mail address is confirmed/)).toBeVisible();
  expect(sent).toEqual({ token: 'token-1' });
  expect(screen.getByRole('main')).toContainElement(screen.getAllByRole('link', { name: 'Log in' }).at(-1) ?? null);
});

test('a link that was used already says so', async () => {
  server.use(http.post('*/api/account/email/restore', () => failure(404, 'LINK_INVALID', 'This link has expired or was used already. Ask for a new one.')));
  renderApp('/restore#token-1');
  await userEvent.click(await screen.findByRole('button', { name: 'Bring my address back' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('This link has expired');
});

test('a link without its token asks for nothing', async () => {
  renderApp('/verify');
  expect(await screen.findByText('This link is not complete. Open it again from the e-mail.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Confirm the address' })).toBeNull();
});

test('a forgotten password: the same answer for everybody, then a new one by the link', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/account/password/forgot', async ({ request }) => {
      sent.push(await request.json());
      return accepted();
    }),
    http.post('*/api/account/password/reset', async ({ request }) => {
      sent.push(await request.json());
      return done();
    }),
  );
  const { router } = renderApp('/login');
  await userEvent.click(await screen.findByRole('link', { name: 'Forgot your password?' }));
  const send = await screen.findByRole('button', { name: 'Send the link' });
  await userEvent.type(screen.getByLabelText('E-mail'), 'tina@example.com');
  await userEvent.click(send);
  expect(await screen.findByText(/If there is an account with this address/)).toBeVisible();

  await router.navigate('/reset#token-2');
  await userEvent.type(await screen.findByLabelText('New password'), 'a new long password');
  await userEvent.click(screen.getByRole('button', { name: 'Change the password' }));
  expect(await screen.findByText(/all devices are logged out/)).toBeVisible();
  expect(sent).toEqual([{ email: 'tina@example.com' }, { token: 'token-2', password: 'a new long password' }]);
});

test('who has not confirmed the address is told on every page, and is sent the link again', async () => {
  let asked = 0;
  server.use(
    http.post('*/api/account/verify/resend', () => {
      asked += 1;
      return accepted();
    }),
  );
  renderApp('/account', storeOf({ email_verified: false }));
  const banner = await screen.findByRole('region', { name: 'Confirm your e-mail address' });
  expect(banner).toHaveTextContent('Check your e-mail: open the link that we sent to tina@example.com.');
  await userEvent.click(screen.getByRole('button', { name: 'Send the link again' }));
  expect(await screen.findByText(/We sent the link to tina@example.com again/)).toBeVisible();
  expect(asked).toBe(1);
});

test('who has confirmed it sees no banner', async () => {
  renderApp('/account', travelerStore());
  await screen.findByRole('heading', { name: 'Account settings' });
  expect(screen.queryByRole('region', { name: 'Confirm your e-mail address' })).toBeNull();
});

test('the password is changed by who knows it', async () => {
  const fields = { current_password: ['This is not your current password.'] };
  server.use(http.post('*/api/account/password', () => failure(400, 'WRONG_PASSWORD', 'current_password: This is not your current password.', { fields }), { once: true }));
  renderApp('/account', travelerStore());
  const current = await screen.findByLabelText('Current password');
  await userEvent.type(current, 'wrong');
  await userEvent.type(screen.getByLabelText('New password'), 'a new long password');
  await userEvent.click(screen.getByRole('button', { name: 'Change the password' }));
  expect(await screen.findByText('This is not your current password.')).toBeVisible();
  server.use(http.post('*/api/account/password', done));
  await userEvent.click(screen.getByRole('button', { name: 'Change the password' }));
  expect(await screen.findByText('Your password is changed, and your other devices are logged out.')).toBeVisible();
  expect(current).toHaveValue('');
});

test('a new address counts when its link is opened', async () => {
  let sent: unknown;
  server.use(
    http.post('*/api/account/email', async ({ request }) => {
      sent = await request.json();
      return accepted();
    }),
  );
  renderApp('/account', travelerStore());
  await userEvent.type(await screen.findByLabelText('New e-mail address'), 'tina@new.example.com');
  await userEvent.type(screen.getByLabelText('Your password'), 'my password');
  await userEvent.click(screen.getByRole('button', { name: 'Change the address' }));
  expect(await screen.findByText(/open the link that we sent to tina@new.example.com/)).toBeVisible();
  expect(sent).toEqual({ email: 'tina@new.example.com', current_password: 'my password' });
});

test('a guest becomes a host and gets the pages of both', async () => {
  server.use(http.post('*/api/account/roles', () => HttpResponse.json({ ...traveler, roles: ['owner', 'traveler'] })));
  const { store } = renderApp('/account', travelerStore());
  await userEvent.click(await screen.findByRole('button', { name: 'Become a host' }));
  expect(await screen.findByText('You are guest and host with this account.')).toBeVisible();
  expect(store.getState().auth.user?.roles).toEqual(['owner', 'traveler']);
  expect(screen.getAllByRole('link', { name: 'Your listings' })[0]).toHaveAttribute('href', '/host/listings');
  expect(screen.getAllByRole('link', { name: 'My bookings' })[0]).toHaveAttribute('href', '/bookings');
});
