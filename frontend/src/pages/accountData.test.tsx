import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { expect, test, vi } from 'vitest';
import type { DataExport } from '../api/wire';
import { sessionRestored } from '../store/slices/authSlice';
import { makeStore } from '../store/store';
import { session } from '../test/fixtures';
import { http } from '../test/http';
import { renderApp } from '../test/renderApp';
import { failure, feedOf, pageOf, server } from '../test/server';

vi.mock('../components/Map/ListingMap', () => ({ default: () => null }));

const waiting: DataExport = {
  id: '66f1c2a4b8e0d3f5a7c91e66',
  state: 'waiting',
  done: 0,
  total: 8,
  size: 0,
  created_at: '2026-11-29T08:15:00Z',
  expires_at: '2026-12-06T08:15:00Z',
  url: null,
};

function open() {
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/properties', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
  );
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  return renderApp('/account/data', store);
}

test('who has no export asks for one, sees how far it is, and downloads it', async () => {
  let state: DataExport | null = null;
  server.use(
    http.get('*/api/account/export', () => (state ? HttpResponse.json(state) : failure(404, 'NOT_FOUND', 'None yet.'))),
    http.post('*/api/account/export', () => {
      state = { ...waiting, state: 'ready', done: 8, size: 48210, url: '/api/account/export/file?token=x' };
      return HttpResponse.json({ ...waiting, state: 'running', done: 3 }, { status: 202 });
    }),
  );
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Ask for your data' }));
  const progress = await screen.findByRole('progressbar', { name: 'Your data is being put together.' });
  expect(progress).toHaveAttribute('value', '3');
  expect(await screen.findByRole('button', { name: 'Download the file' }, { timeout: 8000 })).toBeVisible();
  expect(screen.getByText(/48 kB/)).toBeVisible();
}, 15_000);

test('what stands in the way of a deletion is listed with its booking', async () => {
  const reasons = [
    { code: 'STAY_AHEAD', message: 'Your stay from 16 Dec 2026 to 18 Dec 2026 is ahead.', booking_id: 'b1' },
    { code: 'MONEY_ON_ITS_WAY', message: 'A refund is on its way.', booking_id: null },
  ];
  server.use(
    http.get('*/api/account/export', () => failure(404, 'NOT_FOUND', 'None yet.')),
    http.delete('*/api/account', () => failure(409, 'ACCOUNT_NEEDED', 'Not yet.', { details: { reasons } })),
  );
  const { store } = open();
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Delete the account…' }));
  await user.type(screen.getByLabelText('Your password'), 'demo-stay-2026');
  await user.click(screen.getByRole('button', { name: 'Delete my account' }));
  expect(await screen.findByText(/A refund is on its way/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'See the booking' })).toHaveAttribute('href', '/bookings/b1');
  expect(store.getState().auth.isAuthenticated).toBe(true);
});

test('a wrong password stands at its field, the right one ends the session with the day', async () => {
  let tries = 0;
  server.use(
    http.get('*/api/account/export', () => failure(404, 'NOT_FOUND', 'None yet.')),
    http.delete('*/api/account', async ({ request }) => {
      expect(await request.json()).toEqual({ password: 'demo-stay-2026' });
      tries += 1;
      return tries === 1
        ? failure(400, 'WRONG_PASSWORD', 'password: This is not your password.', { fields: { password: ['This is not your password.'] } })
        : HttpResponse.json({ erase_at: '2026-12-13T08:15:00Z' }, { status: 202 });
    }),
  );
  const { router, store } = open();
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Delete the account…' }));
  await user.type(screen.getByLabelText('Your password'), 'demo-stay-2026');
  await user.click(screen.getByRole('button', { name: 'Delete my account' }));
  expect(await screen.findByText('This is not your password.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Delete my account' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/'));
  await waitFor(() => expect(store.getState().auth.user).toBeNull());
  expect(await screen.findByText(/Your account will be erased on .*To keep it, log in before/)).toBeVisible();
});
