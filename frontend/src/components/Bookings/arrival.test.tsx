import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { expect, test, vi } from 'vitest';
import type { Arrival, Booking } from '../../api/wire';
import { booking, BOOKING_ID } from '../../test/fixtures';
import { ownerStore } from '../../test/hosting';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, feedOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

vi.mock('../Map/SpotMap', () => ({
  default: ({ coordinates, exact }: { coordinates: number[]; exact?: boolean }) => <p>{`${exact ? 'mark' : 'circle'} at ${coordinates.join()}`}</p>,
}));

const arrival = (changes: Partial<Arrival> = {}): Arrival => ({
  location: { area: 'Bugis', address: '5 Quiet Lane', city: 'Singapore', state: '', country: 'Singapore', coordinates: { type: 'Point', coordinates: [103.8512, 1.2987] } },
  arrival_instructions: 'The key is under the pot.\nRing twice.',
  instructions_from: '2026-12-01',
  check_in_time: '15:00',
  check_in_until: null,
  time_zone: 'Asia/Singapore',
  contact_first_name: 'Olaf',
  can_contact: true,
  ...changes,
});

function open(changes: Partial<Booking>, answer: () => HttpResponse<Arrival>, store = travelerStore()) {
  const asked = vi.fn(answer);
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(booking(changes))),
    http.get(`*/api/bookings/${BOOKING_ID}/arrival`, asked),
  );
  renderApp(`/bookings/${BOOKING_ID}`, store);
  return asked;
}

test('the guest of a confirmed stay sees the address, the exact point and how to get in', async () => {
  open({ status: 'confirmed' }, () => HttpResponse.json(arrival()));
  const card = await screen.findByRole('region', { name: 'Getting there' });
  expect(await within(card).findByText('5 Quiet Lane')).toBeVisible();
  expect(within(card).getByText(/Bugis, Singapore/)).toBeVisible();
  expect(await within(card).findByText('mark at 103.8512,1.2987')).toBeVisible();
  expect(within(card).getByText(/The key is under the pot\./)).toBeVisible();
  expect(within(card).getByText('Olaf is your host')).toBeVisible();
});

test.each([
  [null, /How to get in is shown here from .*December 1, 2026/],
  ['', /The host has written nothing about how to get in/],
])('without instructions the page says why', async (arrival_instructions, sentence) => {
  open({ status: 'confirmed' }, () => HttpResponse.json(arrival({ arrival_instructions })));
  expect(await screen.findByText(sentence)).toBeVisible();
});

test('a request that waits asks for no place', async () => {
  const asked = open({ status: 'pending' }, () => HttpResponse.json(arrival()));
  expect(await screen.findByRole('region', { name: 'The stay' })).toBeVisible();
  expect(screen.queryByRole('region', { name: 'Getting there' })).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});

test('after the stay the place is gone from the page', async () => {
  const gone = () => failure(409, 'PLACE_NOT_SHOWN', 'This booking is confirmed.') as unknown as HttpResponse<Arrival>;
  const asked = open({ status: 'confirmed' }, gone);
  await waitFor(() => expect(asked).toHaveBeenCalled());
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Getting there' })).toBeNull());
});

test('a message goes to the other side once, and a refused one stays in the field', async () => {
  open({ status: 'confirmed' }, () => HttpResponse.json(arrival({ contact_first_name: 'Tina' })), ownerStore());
  const sent: { text: string; key: string | null }[] = [];
  let refuse = true;
  server.use(
    http.post(`*/api/bookings/${BOOKING_ID}/contact`, async ({ request }) => {
      sent.push({ ...(await request.json()), key: request.headers.get('Idempotency-Key') });
      return refuse ? failure(429, 'RATE_LIMITED', 'Too many calls. Try again in 30 s.') : HttpResponse.json({ sent_at: '2026-12-01T10:00:00Z' }, { status: 201 });
    }),
  );
  const form = await screen.findByRole('form', { name: 'Write to Tina' });
  expect(screen.getByRole('region', { name: 'Your guest' })).toContainElement(form);
  expect(screen.queryByText('5 Quiet Lane')).toBeNull();
  expect(within(form).getByRole('button', { name: 'Send' })).toBeDisabled();

  await userEvent.type(within(form).getByLabelText('Write to Tina'), ' When do you come? ');
  await userEvent.click(within(form).getByRole('button', { name: 'Send' }));
  expect(await within(form).findByText(/Too many calls/)).toBeVisible();
  expect(within(form).getByLabelText('Write to Tina')).toHaveValue(' When do you come? ');

  refuse = false;
  await userEvent.click(within(form).getByRole('button', { name: 'Send' }));
  expect(await screen.findByText('Sent to Tina.')).toBeVisible();
  expect(within(form).getByLabelText('Write to Tina')).toHaveValue('');
  expect(sent.map(({ text }) => text)).toEqual(['When do you come?', 'When do you come?']);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
});
