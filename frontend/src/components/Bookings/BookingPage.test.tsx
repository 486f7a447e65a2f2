import { screen, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, test, vi } from 'vitest';
import type { Booking } from '../../api/wire';
import { booking, BOOKING_ID } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

const policy = {
  name: 'moderate' as const,
  tiers: [
    { days_before: 5, percent: 100, until: '2026-11-29T07:00:00Z' },
    { days_before: 1, percent: 50, until: '2026-12-03T07:00:00Z' },
  ],
  grace_until: '2026-11-23T08:00:00Z',
  time_zone: 'Asia/Singapore',
};

function openAt(now: string, changes: Partial<Booking> = {}) {
  vi.useFakeTimers({ now: new Date(now), toFake: ['Date'] });
  server.use(http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(booking({ status: 'confirmed', version: 2, paid: 260, payment_status: 'paid', allowed_actions: ['cancel'], policy, ...changes }))));
  renderApp(`/bookings/${BOOKING_ID}`, travelerStore());
}

const deadlines = [
  'Until Nov 23, 2026, 4:00 PM GMT+8: full refund, whatever the dates.',
  'Until Nov 29, 2026, 3:00 PM GMT+8: full refund',
  'Until Dec 3, 2026, 3:00 PM GMT+8: 50\u00a0% back',
];
const afterwards = 'no refund of the nights. Cleaning fee and tax are refunded until check-in.';

test.each([
  ['2026-11-22T08:00:00Z', [...deadlines, `After that: ${afterwards}`]],
  ['2026-11-24T08:00:00Z', [...deadlines.slice(1), `After that: ${afterwards}`]],
  ['2026-11-29T08:00:00Z', [...deadlines.slice(2), `After that: ${afterwards}`]],
  ['2026-12-03T08:00:00Z', [`Now: ${afterwards}`]],
])('at %s only the deadlines ahead are told', async (now, told) => {
  openAt(now);
  const rules = await screen.findByRole('region', { name: 'Cancellation: moderate' });
  expect(within(rules).getAllByRole('listitem').map((item) => item.textContent?.replaceAll('\u202f', ' '))).toEqual(told);
});

test('a booking that is over has no deadlines any more', async () => {
  openAt('2026-11-22T08:00:00Z', { status: 'cancelled', allowed_actions: [] });
  expect(await screen.findByRole('heading', { name: 'This booking is cancelled' })).toBeVisible();
  expect(screen.queryByRole('region', { name: /^Cancellation/ })).toBeNull();
});

test('the page of a booking says what was paid and what came back', async () => {
  openAt('2026-11-22T08:00:00Z', { refunded: 20 });
  const price = await screen.findByRole('region', { name: 'Price' });
  expect([...price.querySelectorAll('dl > div')].map((row) => row.textContent?.replaceAll('\u00a0', ' '))).toEqual(['PaidSGD 260', 'RefundedSGD 20']);
  expect(within(price).getByText('Partly refunded.')).toBeVisible();
});
