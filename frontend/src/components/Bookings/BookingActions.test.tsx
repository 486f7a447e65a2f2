import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { sessionRestored } from '../../store/slices/authSlice';
import { makeStore } from '../../store/store';
import { booking, BOOKING_ID, session } from '../../test/fixtures';
import { renderApp } from '../../test/renderApp';
import { failure, pageOf, server } from '../../test/server';

function openBookings() {
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json({ ...pageOf([]), unread: 0 })),
    http.get('*/api/traveler/bookings', () => HttpResponse.json(pageOf([booking()]))),
  );
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  renderApp('/bookings', store);
}

test('only what the API allows is offered', async () => {
  openBookings();
  const card = await screen.findByRole('article', { name: 'Shophouse by the river, Dec 4 – 6, 2026' });
  expect(within(card).getAllByRole('button').map((button) => button.textContent)).toEqual(['Change booking', 'Cancel booking']);
});

test('cancelling asks first, and keeping it sends nothing', async () => {
  let sent = 0;
  server.use(
    http.post(`*/api/bookings/${BOOKING_ID}/cancel`, () => {
      sent += 1;
      return HttpResponse.json(booking({ status: 'cancelled', version: 2, allowed_actions: [] }));
    }),
  );
  openBookings();
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Cancel booking' }));
  await user.click(within(screen.getByRole('dialog', { name: 'Cancel this booking?' })).getByRole('button', { name: 'Keep it' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(sent).toBe(0);
  await user.click(screen.getByRole('button', { name: 'Cancel booking' }));
  await user.click(screen.getByRole('button', { name: 'Yes, cancel it' }));
  expect(await screen.findByText('Cancelled. The nights are free again.')).toBeVisible();
  expect(sent).toBe(1);
});

test('a refused change says why and the dialog stays', async () => {
  server.use(http.post(`*/api/bookings/${BOOKING_ID}/cancel`, () => failure(409, 'INVALID_TRANSITION', 'It is over already.')));
  openBookings();
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel booking' }));
  await userEvent.click(screen.getByRole('button', { name: 'Yes, cancel it' }));
  expect(await within(screen.getByRole('dialog')).findByRole('alert')).toHaveTextContent('It is over already.Reference: req-7');
});

test('a request is accepted or declined by the host, not cancelled as well', async () => {
  const owner = { ...session(), user: { ...session().user, user_type: 'owner' as const } };
  const pending = booking({ allowed_actions: ['accept', 'decline', 'cancel'] });
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json({ ...pageOf([]), unread: 0 })),
    http.get('*/api/owner/bookings', () => HttpResponse.json(pageOf([pending]))),
  );
  const store = makeStore();
  store.dispatch(sessionRestored(owner));
  renderApp('/desk', store);
  const card = await screen.findByRole('article');
  expect(within(card).getAllByRole('button').map((button) => button.textContent)).toEqual(['Accept', 'Decline']);
});
