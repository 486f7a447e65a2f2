import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Alteration, AlterationPreview, Booking } from '../../api/wire';
import { fill, pressDay } from '../../test/fill';
import { booking, BOOKING_ID, calendar, listing, lines, LISTING_ID } from '../../test/fixtures';
import { ownerStore } from '../../test/hosting';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, feedOf, pageOf, server, type Answer } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

const confirmed = { status: 'confirmed', version: 2, paid: 260, payment_status: 'paid', allowed_actions: ['propose', 'update', 'cancel'] } as const;
const proposal: Alteration = {
  check_in: '2026-12-05',
  check_out: '2026-12-08',
  nights: 3,
  guest_count: 2,
  lines,
  total_price: 380,
  difference: 120,
  proposed_at: '2026-11-22T08:00:00Z',
  expires_at: '2026-11-23T08:00:00Z',
};

const preview = (changes: Partial<AlterationPreview> = {}): AlterationPreview => ({
  check_in: '2026-12-05',
  check_out: '2026-12-08',
  nights: 3,
  guest_count: 2,
  currency: 'SGD',
  lines,
  total_price: 380,
  difference: 120,
  needs_consent: true,
  available: true,
  taken: [],
  alternatives: [],
  ...changes,
});

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00'), toFake: ['Date'] });
  server.use(
    http.get(`*/api/properties/${LISTING_ID}`, () => HttpResponse.json(listing)),
    http.get('*/api/properties/:id/calendar', () => HttpResponse.json(calendar(['2026-12-04', '2026-12-05', '2026-12-09']))),
  );
});

async function open(changes: Parameters<typeof booking>[0], button: string) {
  server.use(http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(booking(changes))));
  renderApp(`/bookings/${BOOKING_ID}`, travelerStore());
  await userEvent.click(await screen.findByRole('button', { name: button }));
}

async function openDates(answer: AlterationPreview, changes: Parameters<typeof booking>[0] = { ...confirmed, allowed_actions: [...confirmed.allowed_actions] }) {
  const asked: string[] = [];
  server.use(
    http.get(`*/api/bookings/${BOOKING_ID}/alter`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(answer);
    }),
  );
  await open(changes, 'Change dates or guests');
  const form = await screen.findByRole('form', { name: 'Change dates or guests' });
  await waitFor(() => expect(form.querySelector('[data-day="2026-12-09"]')).toHaveAttribute('aria-disabled', 'true'));
  pressDay('2026-12-05', form);
  pressDay('2026-12-08', form);
  return { form, asked };
}

function onAlter(...answers: (() => Answer<Booking>)[]) {
  const sent: Record<string, unknown>[] = [];
  server.use(
    http.post(`*/api/bookings/${BOOKING_ID}/alter`, async ({ request }) => {
      sent.push(await request.json());
      return answers.shift()?.() ?? HttpResponse.error();
    }),
  );
  return sent;
}

test('a pending booking moves to other nights at once, its own not being in its way', async () => {
  const sent = onAlter(() => HttpResponse.json(booking({ version: 2, check_in: '2026-12-05', check_out: '2026-12-08', nights: 3 })));
  const { form, asked } = await openDates(preview({ needs_consent: false }), { allowed_actions: ['alter', 'update', 'cancel'] });
  expect(await within(form).findByText(/SGD\s120 more, which is authorised now/)).toBeVisible();
  expect(asked.at(-1)).toBe('?check_in=2026-12-05&check_out=2026-12-08&guest_count=2');
  await userEvent.click(within(form).getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText('Changed. The host will be notified.')).toBeVisible();
  expect(sent).toEqual([{ check_in: '2026-12-05', check_out: '2026-12-08', guest_count: 2, version: 1, expected_total: 380, payment_method: 'pm_card_visa' }]);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a confirmed stay asks the host, and the proposal stands on the page with its way back', async () => {
  onAlter(() => HttpResponse.json(booking({ ...confirmed, version: 3, alteration: proposal, allowed_actions: ['withdraw', 'cancel'] })));
  const { form } = await openDates(preview());
  expect(await within(form).findByText(/The host must agree first/)).toBeVisible();
  server.use(http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(booking({ ...confirmed, version: 3, alteration: proposal, allowed_actions: ['withdraw', 'cancel'] }))));
  await userEvent.click(within(form).getByRole('button', { name: 'Ask the host' }));
  const note = await screen.findByRole('region', { name: 'A change is requested' });
  expect(within(note).getByRole('row', { name: /^Dates/ })).toHaveTextContent('DatesDec 4 – 6, 2026Dec 5 – 8, 2026');
  expect(within(note).getByRole('row', { name: /^Price/ })).toHaveTextContent(/SGD\s260SGD\s380 \(\+SGD\s120\)/);

  const bodies: unknown[] = [];
  server.use(
    http.post(`*/api/bookings/${BOOKING_ID}/alter/withdraw`, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(booking({ ...confirmed, version: 4, allowed_actions: ['propose'] }));
    }),
    http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(booking({ ...confirmed, version: 4, allowed_actions: ['propose'] }))),
  );
  await userEvent.click(screen.getByRole('button', { name: 'Withdraw the change' }));
  await userEvent.click(screen.getByRole('button', { name: 'Withdraw change' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'A change is requested' })).toBeNull());
  expect(bodies).toEqual([{}]);
});

test('a change that costs less takes no card', async () => {
  const sent = onAlter(() => HttpResponse.json(booking({ ...confirmed, version: 3, allowed_actions: [] })));
  const { form } = await openDates(preview({ total_price: 140, difference: -120, needs_consent: false }));
  expect(await within(form).findByText(/SGD\s120 will be refunded to you\./)).toBeVisible();
  expect(within(form).queryByRole('radio')).toBeNull();
  await userEvent.click(within(form).getByRole('button', { name: 'Save changes' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).not.toHaveProperty('payment_method');
});

test('nights that are taken cannot be saved, and free ones are a press away', async () => {
  const alternatives = [{ check_in: '2026-12-11', check_out: '2026-12-14', total_price: 400 }];
  const { form, asked } = await openDates(preview({ available: false, taken: ['2026-12-07'], alternatives }));
  const taken = await within(form).findByRole('list', { name: 'Taken nights' });
  expect(within(taken).getByRole('listitem')).toHaveTextContent('Dec 7, 2026');
  expect(within(form).getByRole('button', { name: 'Ask the host' })).toBeDisabled();
  await userEvent.click(within(form).getByRole('button', { name: /Dec 11 – 14, 2026/ }));
  await waitFor(() => expect(asked.at(-1)).toBe('?check_in=2026-12-11&check_out=2026-12-14&guest_count=2'));
});

test('a price that changed meanwhile is asked for again, and the dialog stays', async () => {
  const sent = onAlter(() => failure(409, 'EXPECTED_TOTAL_CHANGED', 'The price is another one now.'));
  const { form, asked } = await openDates(preview());
  await userEvent.click(await within(form).findByRole('button', { name: 'Ask the host' }));
  expect(await within(form).findByText('The price is another one now.')).toBeVisible();
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(sent).toHaveLength(1);
});

test('special requests are changed by themselves', async () => {
  const sent: unknown[] = [];
  server.use(
    http.put(`*/api/bookings/${BOOKING_ID}`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(booking({ version: 2, special_requests: 'A cot' }));
    }),
  );
  await open({ allowed_actions: ['update'] }, 'Edit special requests');
  const form = await screen.findByRole('form', { name: 'Special requests' });
  expect(within(form).getByRole('button', { name: 'Save requests' })).toBeDisabled();
  fill(within(form).getByLabelText('Special requests (optional)'), 'A cot');
  await userEvent.click(within(form).getByRole('button', { name: 'Save requests' }));
  await waitFor(() => expect(sent).toEqual([{ version: 1, special_requests: 'A cot' }]));
});

test('the host sees what a proposal changes, and agrees or refuses', async () => {
  const asked = booking({ ...confirmed, version: 3, alteration: proposal, allowed_actions: ['cancel', 'agree', 'refuse'] });
  const calls: string[] = [];
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/owner/listings', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/owner/bookings', () => HttpResponse.json(pageOf([asked]))),
    http.post(`*/api/owner/bookings/${BOOKING_ID}/alteration/agree`, () => {
      calls.push('agree');
      return HttpResponse.json(booking({ ...confirmed, version: 4, allowed_actions: ['cancel'] }));
    }),
  );
  renderApp('/desk?status=confirmed', ownerStore());
  const card = await screen.findByRole('article');
  expect(within(card).getByText('Tina would like to change this stay')).toBeVisible();
  expect(within(card).getAllByRole('button').map((button) => button.textContent)).toEqual(['Agree to the change', 'Refuse the change', 'Cancel booking']);
  await userEvent.click(within(card).getByRole('button', { name: 'Agree to the change' }));
  expect(await screen.findByText('Agreed. The stay is changed, and the guest will be notified.')).toBeVisible();
  expect(calls).toEqual(['agree']);
});
