import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { Booking, CancellationPreview } from '../../api/wire';
import { booking, BOOKING_ID } from '../../test/fixtures';
import { ownerStore } from '../../test/hosting';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, feedOf, pageOf, server, type Answer } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

const confirmed = (changes: Partial<Booking> = {}) => booking({ status: 'confirmed', version: 2, paid: 260, payment_status: 'paid', allowed_actions: ['cancel'], ...changes });
const over = () => booking({ status: 'cancelled', version: 3, paid: 260, refunded: 140, payment_status: 'paid', allowed_actions: [] });

const preview = (changes: Partial<CancellationPreview> = {}): CancellationPreview => ({
  refund: 140,
  percent: 50,
  non_refundable: 120,
  currency: 'SGD',
  reason: 'Moderate policy: 50 % until a day before check-in.',
  deadline_next: '2026-12-03T07:00:00Z',
  time_zone: 'Asia/Singapore',
  tiers: [],
  lines: [
    { code: 'NIGHTS', label: 'Nights', amount: 120 },
    { code: 'CLEANING_FEE', label: 'Cleaning fee', amount: 20 },
  ],
  paid: 260,
  ...changes,
});

function openBookings(shown = booking()) {
  server.use(http.get('*/api/traveler/bookings', () => HttpResponse.json(pageOf([shown]))));
  return renderApp('/bookings', travelerStore());
}

function onCancel(previews: CancellationPreview[], ...answers: (() => Answer<Booking>)[]) {
  const sent: unknown[] = [];
  server.use(
    http.get(`*/api/bookings/${BOOKING_ID}/cancellation`, () => HttpResponse.json(previews.length > 1 ? previews.shift() : previews[0])),
    http.post(`*/api/bookings/${BOOKING_ID}/cancel`, async ({ request }) => {
      sent.push(await request.json());
      return answers.shift()?.() ?? HttpResponse.error();
    }),
  );
  return sent;
}

async function openDesk(shown: Booking) {
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/owner/listings', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/owner/bookings', () => HttpResponse.json(pageOf([shown]))),
  );
  renderApp('/desk', ownerStore());
  return screen.findByRole('article');
}

const buttonsOf = (card: HTMLElement) => within(card).getAllByRole('button').map((button) => button.textContent);

test('only what the API allows is offered', async () => {
  openBookings(booking({ allowed_actions: ['cancel', 'update', 'alter'] }));
  const card = await screen.findByRole('article', { name: 'Shophouse by the river, Dec 4 – 6, 2026' });
  expect(buttonsOf(card)).toEqual(['Change dates or guests', 'Edit special requests', 'Cancel booking']);
});

test('cancelling shows what comes back, and exactly that is agreed to', async () => {
  const sent = onCancel([preview()], () => HttpResponse.json(over()));
  openBookings(confirmed());
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Cancel booking' }));
  const dialog = screen.getByRole('dialog', { name: 'Cancel this booking?' });
  const back = await within(dialog).findByRole('table', { name: 'Your refund' });
  expect(back).toHaveTextContent(/^NightsSGD\s120Cleaning feeSGD\s20You get backSGD\s140Of SGD\s260 paid, not returnedSGD\s120$/);
  expect(within(dialog).getByText(/^This is valid until Dec 3, 2026, 3:00 PM GMT\+8\.$/)).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Keep it' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(sent).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Cancel booking' }));
  await screen.findByRole('table', { name: 'Your refund' });
  await user.click(screen.getByRole('button', { name: 'Yes, cancel it' }));
  expect(await screen.findByText('Cancelled. The nights are free again.')).toBeVisible();
  expect(sent).toEqual([{ version: 2, expected_refund: 140 }]);
});

test('a refund that changed meanwhile is shown and asked for again', async () => {
  const sent = onCancel(
    [preview(), preview({ refund: 20, percent: 0, non_refundable: 240, lines: [] })],
    () => failure(409, 'REFUND_CHANGED', 'Another refund.', { details: { refund: 20 } }),
    () => HttpResponse.json(over()),
  );
  openBookings(confirmed());
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel booking' }));
  await screen.findByRole('table', { name: 'Your refund' });
  await userEvent.click(screen.getByRole('button', { name: 'Yes, cancel it' }));
  expect(await screen.findByText(/It is SGD\s20 now\. Is that all right\?/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Yes, cancel it' }));
  await waitFor(() => expect(sent).toEqual([expect.objectContaining({ expected_refund: 140 }), expect.objectContaining({ expected_refund: 20 })]));
});

test('a request that was not accepted costs nothing to cancel', async () => {
  onCancel([preview({ refund: 260, percent: 100, non_refundable: 0, paid: 0, reason: 'Nothing has been taken.' })]);
  openBookings();
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel booking' }));
  expect(await screen.findByText('Nothing has been taken. The authorisation is released.')).toBeVisible();
  expect(screen.queryByRole('table', { name: 'Your refund' })).toBeNull();
});

test('a refused change says why and the dialog stays', async () => {
  onCancel([preview()], () => failure(409, 'INVALID_TRANSITION', 'It is over already.'));
  openBookings(confirmed());
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel booking' }));
  await screen.findByRole('table', { name: 'Your refund' });
  await userEvent.click(screen.getByRole('button', { name: 'Yes, cancel it' }));
  expect(await within(screen.getByRole('dialog')).findByRole('alert')).toHaveTextContent('It is over already.Reference: req-7');
});

test('a request is accepted or declined by the host, not cancelled as well', async () => {
  const card = await openDesk(booking({ allowed_actions: ['accept', 'decline', 'cancel'] }));
  expect(buttonsOf(card)).toEqual(['Accept', 'Decline']);
});

test('a booking that changed since the host looked is shown anew and not accepted', async () => {
  const sent: unknown[] = [];
  const card = await openDesk(booking({ allowed_actions: ['accept', 'decline'] }));
  server.use(
    http.post(`*/api/owner/bookings/${BOOKING_ID}/accept`, async ({ request }) => {
      sent.push(await request.json());
      return failure(412, 'STALE_VERSION', 'Stale.');
    }),
    http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(booking({ version: 2, guest_count: 3, allowed_actions: ['accept', 'decline'] }))),
  );
  await userEvent.click(within(card).getByRole('button', { name: 'Accept' }));
  expect(await screen.findByText('This booking has changed in the meantime. Check it again before you answer.')).toBeVisible();
  expect(await within(card).findByText(/3 guests/)).toBeVisible();
  expect(sent).toEqual([{ version: 1 }]);
});

test('an instant booking is marked, and its history says so', async () => {
  const card = await openDesk(
    confirmed({
      history: [
        { action: 'request', from_status: '', to_status: 'pending', actor: 'guest', at: '2026-11-22T08:00:00Z', reason: '' },
        { action: 'accept', from_status: 'pending', to_status: 'confirmed', actor: 'system', at: '2026-11-22T08:00:00Z', reason: 'Booked at once, without an answer of the host.' },
        { action: 'propose', from_status: 'confirmed', to_status: 'confirmed', actor: 'guest', at: '2026-11-22T09:00:00Z', reason: 'Changed: guests 1 -> 2' },
        { action: 'refuse', from_status: 'confirmed', to_status: 'confirmed', actor: 'owner', at: '2026-11-22T10:00:00Z', reason: 'Too many' },
        { action: 'lapse', from_status: 'confirmed', to_status: 'confirmed', actor: 'system', at: '2026-11-23T09:00:00Z', reason: '' },
      ],
    }),
  );
  expect(within(card).getByText('Instant booking')).toBeVisible();
  const history = within(card).getByRole('list', { name: 'History', hidden: true });
  expect(within(history).getAllByRole('listitem', { hidden: true }).map((item) => item.querySelector('p')?.textContent)).toEqual([
    'Requested by the guest',
    'Confirmed at once, by instant booking',
    'Change requested by the guest',
    'Change refused by the host',
    'Change expired without an answer',
  ]);
  expect(history).toHaveTextContent('Changed: guests 1 → 2');
  expect(history).toHaveTextContent('“Too many”');
  expect(history).not.toHaveTextContent('Booked at once');
});
