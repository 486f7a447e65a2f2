import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Hold } from '../../api/wire';
import { calendar, hold, HOLD_ID, LISTING_ID, quote } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, pageOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

const NEXT_ID = '500000000000000000000020';
const stay = { listing_id: LISTING_ID, check_in: '2026-12-04', check_out: '2026-12-06', guest_count: 2 };

const holding = (changes: Partial<Hold> = {}) => server.use(http.get('*/api/bookings/holds', () => HttpResponse.json({ results: [hold(changes)] })));

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00Z'), toFake: ['Date'] });
  holding();
  server.use(http.get('*/api/bookings/quote', () => HttpResponse.json(quote)));
});

async function open() {
  const shown = renderApp(`/book/${HOLD_ID}`, travelerStore());
  await screen.findByRole('heading', { name: 'Checkout' });
  return shown;
}

test('when the time is over the nights can be held again', async () => {
  holding({ expires_at: '2026-11-22T07:59:59Z' });
  const again: unknown[] = [];
  server.use(
    http.post('*/api/bookings/holds', async ({ request }) => {
      again.push(await request.json());
      return HttpResponse.json(hold({ id: NEXT_ID }), { status: 201 });
    }),
  );
  const { router } = await open();
  expect(screen.getByRole('heading', { name: 'The time is over' })).toHaveFocus();
  expect(screen.queryByRole('form', { name: 'Checkout' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Hold them again' }));
  expect(await screen.findByRole('form', { name: 'Checkout' })).toBeVisible();
  expect(router.state.location.pathname).toBe(`/book/${NEXT_ID}`);
  expect(again).toEqual([stay]);
});

test('giving the nights back frees them and leads back to the place', async () => {
  let released = 0;
  server.use(
    http.delete(`*/api/bookings/holds/${HOLD_ID}`, () => {
      released += 1;
      return new HttpResponse(null, { status: 204 });
    }),
    http.get('*/api/properties/:id', () => failure(404, 'NOT_FOUND', 'No.')),
    http.get('*/api/properties/:id/calendar', () => HttpResponse.json(calendar([]))),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
  );
  const { router, store } = await open();
  await userEvent.click(screen.getByRole('button', { name: 'Give the nights back' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/listings/${LISTING_ID}`));
  expect(released).toBe(1);
  expect(store.getState().checkout.holds).toEqual([]);
});

test('a hold that is not there says so', async () => {
  server.use(http.get('*/api/bookings/holds', () => HttpResponse.json({ results: [] })));
  renderApp(`/book/${HOLD_ID}`, travelerStore());
  expect(await screen.findByRole('heading', { name: 'These nights are not held for you' })).toBeVisible();
});

test('a hold follows the traveler over the pages until it is let go', async () => {
  server.use(
    http.delete(`*/api/bookings/holds/${HOLD_ID}`, () => new HttpResponse(null, { status: 204 })),
    http.get('*/api/traveler/bookings', () => HttpResponse.json(pageOf([]))),
  );
  const { router } = renderApp('/favorites', travelerStore());
  const banner = await screen.findByRole('complementary', { name: 'A stay is held for you' });
  expect(banner).toHaveTextContent(/You hold Shophouse by the river1[45]:\d\d/);
  expect(within(banner).getByRole('link', { name: 'Go on to pay' })).toHaveAttribute('href', `/book/${HOLD_ID}`);
  await router.navigate('/bookings');
  await userEvent.click(await screen.findByRole('button', { name: 'Release' }));
  await waitFor(() => expect(screen.queryByRole('group', { name: /^Held for you/ })).toBeNull());
});

test('once it has run out, the way from the banner still leads back to the place', async () => {
  const { router } = renderApp('/favorites', travelerStore());
  await userEvent.click(await screen.findByRole('link', { name: 'Go on to pay' }));
  expect(router.state.location.state).toEqual({ place: `/listings/${LISTING_ID}?check_in=2026-12-04&check_out=2026-12-06&guests=2` });
});
