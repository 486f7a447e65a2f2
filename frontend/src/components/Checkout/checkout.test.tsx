import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Booking, BookingRequest, Payment } from '../../api/wire';
import { pollNotifications } from '../../store/slices/notificationSlice';
import { fill } from '../../test/fill';
import { booking, BOOKING_ID, hold, HOLD_ID, LISTING_ID, notification, paymentMethods, quote } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, pageOf, server, type Answer } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

const PAYMENT_ID = '600000000000000000000001';
const stay = { listing_id: LISTING_ID, check_in: '2026-12-04', check_out: '2026-12-06', guest_count: 2 };

const payment = (status: Payment['status']): Payment => ({
  id: PAYMENT_ID,
  status,
  amount: 260,
  captured: 0,
  refunded: 0,
  currency: 'SGD',
  method: 'pm_card_authentication_required',
  provider: 'sandbox',
  problem: '',
  booking_id: null,
  created_at: '2026-11-22T08:00:00Z',
});

interface Sent {
  key: string | null;
  body: BookingRequest;
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00Z'), toFake: ['Date'] });
  server.use(
    http.get('*/api/bookings/holds', () => HttpResponse.json({ results: [hold()] })),
    http.get('*/api/bookings/quote', () => HttpResponse.json(quote)),
    http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(booking())),
  );
});

async function open() {
  const shown = renderApp(`/book/${HOLD_ID}`, travelerStore());
  await screen.findByRole('heading', { name: 'Checkout' });
  return shown;
}

/** Answers booking requests in turn and remembers their keys and bodies. */
function onRequest(...answers: (() => Answer<Booking>)[]) {
  const calls: Sent[] = [];
  server.use(
    http.post('*/api/bookings', async ({ request }) => {
      calls.push({ key: request.headers.get('idempotency-key'), body: await request.json() });
      return answers.shift()?.() ?? HttpResponse.error();
    }),
  );
  return calls;
}

const accepted = () => HttpResponse.json<Booking>(booking(), { status: 201 });
const declined = () => failure(402, 'PAYMENT_DECLINED', 'The card was declined.');
const asksBank = () => failure(402, 'PAYMENT_ACTION_REQUIRED', 'Confirm it.', { details: { payment_id: PAYMENT_ID, confirm_url: `/api/bookings/payments/${PAYMENT_ID}/confirm` } });
const card = (name: string) => screen.findByRole('radio', { name });
const pay = async () => userEvent.click(await screen.findByRole('button', { name: /^Request to book/ }));

test('a held stay is paid for and ends in a confirmation that changes when the host says yes', async () => {
  const calls = onRequest(accepted);
  let stored = booking();
  server.use(http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(stored)));
  const { store, router } = await open();
  expect(screen.getByRole('timer')).toHaveTextContent(/^1[45]:\d\d15 minutes left/);
  expect(screen.getByRole('row', { name: /Total/ })).toHaveTextContent(/^TotalSGD\s260$/);
  expect(await card('Visa 4242')).toBeChecked();
  expect(await card('Visa 0002')).toHaveAccessibleDescription('It declines.');
  fill(screen.getByLabelText('Special requests (optional)'), 'A cot');
  await pay();
  expect(await screen.findByRole('heading', { name: 'Request sent' })).toBeVisible();
  expect(router.state.location.pathname).toBe(`/bookings/${BOOKING_ID}`);
  expect(calls.map(({ body }) => body)).toEqual([{ ...stay, quote_token: 'token-1', payment_method: 'pm_card_visa', terms_version: 3, special_requests: 'A cot' }]);
  expect(store.getState().checkout.holds).toEqual([]);

  stored = booking({ status: 'confirmed', version: 2, paid: 260, payment_status: 'paid' });
  server.use(http.get('*/api/notifications', () => HttpResponse.json({ ...pageOf([notification()]), unread: 1 })));
  await store.dispatch(pollNotifications());
  expect(await screen.findByRole('heading', { name: 'Your stay is confirmed' })).toBeVisible();
});

test('a declined card says so, the nights stay held, and another card pays under another key', async () => {
  const calls = onRequest(declined, accepted);
  await open();
  await userEvent.click(await card('Visa 0002'));
  await pay();
  expect(await screen.findByText('The card was declined.')).toBeVisible();
  expect(screen.getByRole('timer')).toBeVisible();
  await userEvent.click(await card('Visa 4242'));
  await pay();
  expect(await screen.findByRole('heading', { name: 'Request sent' })).toBeVisible();
  expect(calls.map(({ body }) => body.payment_method)).toEqual(['pm_card_declined', 'pm_card_visa']);
  expect(calls[1]?.key).not.toBe(calls[0]?.key);
});

test('without an answer the same payment is sent again under the same key', async () => {
  const calls = onRequest(
    () => HttpResponse.error(),
    () => failure(504, 'PAYMENT_TIMEOUT', 'The bank does not answer.'),
    () => failure(409, 'IDEMPOTENCY_IN_FLIGHT', 'Still at it.'),
    accepted,
  );
  await open();
  await pay();
  expect(await screen.findByText('Staywell cannot be reached right now. Check your connection and try again.')).toBeVisible();
  await pay();
  expect(await screen.findByText('The bank does not answer.')).toBeVisible();
  await pay();
  expect(await screen.findByText('Still at it.')).toBeVisible();
  await pay();
  expect(await screen.findByRole('heading', { name: 'Request sent' })).toBeVisible();
  expect(calls[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(calls.map(({ key }) => key)).size).toBe(1);
});

test('a bank that asks is told yes, and the request goes on with that payment under a new key', async () => {
  const calls = onRequest(asksBank, accepted);
  const told: unknown[] = [];
  server.use(
    http.post(`*/api/bookings/payments/${PAYMENT_ID}/confirm`, async ({ request }) => {
      told.push(await request.json());
      return HttpResponse.json(payment('authorised'));
    }),
  );
  await open();
  await userEvent.click(await card('Visa 3184'));
  await pay();
  const dialog = await screen.findByRole('dialog', { name: 'Your bank wants to confirm' });
  expect(dialog).toHaveTextContent(/SGD\s260/);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Approve' }));
  expect(await screen.findByRole('heading', { name: 'Request sent' })).toBeVisible();
  expect(told).toEqual([{ approve: true }]);
  expect(calls[1]?.body).toEqual({ ...stay, terms_version: 3, quote_token: 'token-1', payment_id: PAYMENT_ID });
  expect(calls[1]?.key).not.toBe(calls[0]?.key);
});

test('an approved payment is used again when the request got no answer', async () => {
  const calls = onRequest(asksBank, () => HttpResponse.error(), accepted);
  server.use(http.post(`*/api/bookings/payments/${PAYMENT_ID}/confirm`, () => HttpResponse.json(payment('authorised'))));
  await open();
  await pay();
  await userEvent.click(await screen.findByRole('button', { name: 'Approve' }));
  expect(await screen.findByText('Staywell cannot be reached right now. Check your connection and try again.')).toBeVisible();
  await pay();
  expect(await screen.findByRole('heading', { name: 'Request sent' })).toBeVisible();
  expect(calls[2]).toEqual(calls[1]);
});

test('refusing at the bank pays nothing and leaves the hold', async () => {
  const calls = onRequest(asksBank);
  server.use(http.post(`*/api/bookings/payments/${PAYMENT_ID}/confirm`, () => HttpResponse.json(payment('declined'))));
  await open();
  await pay();
  await userEvent.click(await screen.findByRole('button', { name: 'Refuse' }));
  expect(await screen.findByText(/Your bank did not confirm this payment/)).toBeVisible();
  expect(screen.getByRole('timer')).toBeVisible();
  expect(calls).toHaveLength(1);
});

test('Stripe takes the id of a method', async () => {
  server.use(http.get('*/api/bookings/payments/methods', () => HttpResponse.json({ ...paymentMethods, provider: 'stripe', methods: [] })));
  const calls = onRequest(accepted);
  await open();
  const field = await screen.findByLabelText('Payment method id at Stripe');
  expect(screen.getByRole('button', { name: /^Request to book/ })).toBeDisabled();
  fill(field, 'pm_1Abc');
  await pay();
  await waitFor(() => expect(calls[0]?.body.payment_method).toBe('pm_1Abc'));
});
