import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Hold } from '../../api/wire';
import { makeStore } from '../../store/store';
import { calendar, hold, HOLD_ID, listing, LISTING_ID, quote, session } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, feedOf, pageOf, server, type Answer } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

vi.mock('../Map/SpotMap', () => ({ default: () => null }));

const ADDRESS = `/listings/${LISTING_ID}?check_in=2026-12-04&check_out=2026-12-06&guests=2`;
let calendarCalls = 0;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00'), toFake: ['Date'] });
  calendarCalls = 0;
  server.use(
    http.get(`*/api/properties/${LISTING_ID}`, () => HttpResponse.json(listing)),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
    http.get('*/api/properties/:id/calendar', () => {
      calendarCalls += 1;
      return HttpResponse.json(calendar(calendarCalls > 1 ? ['2026-12-05'] : []));
    }),
    http.get('*/api/properties/:id/reviews', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/bookings/quote', ({ request }) => {
      const asked = new URL(request.url).searchParams;
      return HttpResponse.json({ ...quote, check_in: asked.get('check_in') ?? '', check_out: asked.get('check_out') ?? '' });
    }),
  );
});

async function reserve() {
  const button = await screen.findByRole('button', { name: 'Reserve' });
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
}

/** Answers holds in turn and remembers their keys and bodies. */
function onHold(answers: (() => Answer<Hold>)[]) {
  const calls: { key: string | null; body: unknown }[] = [];
  server.use(
    http.post('*/api/bookings/holds', async ({ request }) => {
      calls.push({ key: request.headers.get('idempotency-key'), body: await request.json() });
      return answers.shift()?.() ?? HttpResponse.error();
    }),
  );
  return calls;
}

const held = () => HttpResponse.json<Hold>(hold(), { status: 201 });

test('the price is shown night by night, with how it is made and what a cancellation gives back', async () => {
  server.use(http.get('*/api/bookings/quote', () => HttpResponse.json({ ...quote, nightly: [...quote.nightly.slice(0, 1), { night: '2026-12-05', rate: 140, rule: 'season:Advent' }] })));
  renderApp(ADDRESS, travelerStore());
  const form = await screen.findByRole('form', { name: 'Book this place' });
  expect(await within(form).findByRole('row', { name: /Total/ })).toHaveTextContent(/^TotalSGD\s260$/);
  await userEvent.click(within(form).getByText('Night by night: 2 nights'));
  expect(within(form).getByRole('table', { name: 'Price of each night' })).toHaveTextContent(/Friday, December 4, 2026Regular priceSGD\s120Saturday, December 5, 2026AdventSGD\s140/);
  await userEvent.click(within(form).getByText('How this price is calculated'));
  expect(within(form).getByText('A cleaning fee is added once.')).toBeVisible();
  expect(within(form).getByText('Full refund until 5 days before check-in.')).toBeVisible();
  expect(within(form).getByText('Request to book:')).toBeVisible();
});

test('reserving holds the nights at the price that was shown and leads to the checkout', async () => {
  const calls = onHold([held]);
  server.use(http.get('*/api/bookings/holds', () => HttpResponse.json({ results: calls.length > 0 ? [hold()] : [] })));
  const { router, store } = renderApp(ADDRESS, travelerStore());
  await reserve();
  expect(await screen.findByRole('heading', { name: 'Checkout' })).toBeVisible();
  expect(router.state.location.pathname).toBe(`/book/${HOLD_ID}`);
  expect(calls.map(({ body }) => body)).toEqual([{ listing_id: LISTING_ID, check_in: '2026-12-04', check_out: '2026-12-06', guest_count: 2, quote_token: 'token-1' }]);
  expect(store.getState().checkout.holds).toHaveLength(1);
});

test('taken nights are named, struck from the calendar, and a free stay is a press away under a new key', async () => {
  const alternatives = [{ check_in: '2026-12-08', check_out: '2026-12-10', total_price: 280 }];
  const refused = () => failure(409, 'NIGHTS_TAKEN', 'Somebody was faster.', { details: { nights: ['2026-12-05'], alternatives } });
  const calls = onHold([refused, held]);
  const { router } = renderApp(ADDRESS, travelerStore());
  await reserve();
  const taken = await screen.findByRole('list', { name: 'Taken nights' });
  expect(within(taken).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Dec 5, 2026']);
  expect(await screen.findByRole('button', { name: 'Saturday, December 5, 2026, unavailable' })).toBeVisible();
  expect(calendarCalls).toBe(2);
  expect(router.state.location.search).toBe('?guests=2');

  await userEvent.click(screen.getByRole('button', { name: /^Dec 8 – 10, 2026 · SGD\s280$/ }));
  expect(screen.queryByRole('list', { name: 'Taken nights' })).toBeNull();
  await reserve();
  await waitFor(() => expect(calls).toHaveLength(2));
  expect(calls[1]?.body).toMatchObject({ check_in: '2026-12-08', check_out: '2026-12-10' });
  expect(calls[1]?.key).not.toBe(calls[0]?.key);
});

test('a stay against the house rules says which, and offers one that keeps them', async () => {
  const alternatives = [{ check_in: '2026-12-04', check_out: '2026-12-07', total_price: 380 }];
  server.use(
    http.get('*/api/bookings/quote', ({ request }) =>
      new URL(request.url).searchParams.get('check_out') === '2026-12-06'
        ? failure(400, 'MIN_STAY', 'Stay at least 3 nights.', { fields: { check_out: ['Too short.'] }, details: { alternatives } })
        : HttpResponse.json({ ...quote, check_out: '2026-12-07' }),
    ),
  );
  renderApp(ADDRESS, travelerStore());
  expect(await screen.findByText('Stay at least 3 nights.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Reserve' })).toBeDisabled();
  await userEvent.click(screen.getByRole('button', { name: /Dec 4 – 7, 2026/ }));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Reserve' })).toBeEnabled());
  expect(screen.queryByText('Stay at least 3 nights.')).toBeNull();
});

test('nights that are held by oneself are not in the way', async () => {
  server.use(
    http.get('*/api/bookings/holds', () => HttpResponse.json({ results: [hold()] })),
    http.get('*/api/bookings/quote', () => HttpResponse.json({ ...quote, available: false, taken: ['2026-12-04', '2026-12-05'] })),
  );
  renderApp(ADDRESS, travelerStore());
  const note = await screen.findByRole('group', { name: 'Held for you: Shophouse by the river' });
  expect(within(note).getByRole('link', { name: 'Continue' })).toHaveAttribute('href', `/book/${HOLD_ID}`);
  await waitFor(() => expect(screen.getByRole('button', { name: 'Reserve' })).toBeEnabled());
  expect(screen.queryByRole('list', { name: 'Taken nights' })).toBeNull();
});

test('too many holds lead to those that there are', async () => {
  onHold([() => failure(409, 'TOO_MANY_HOLDS', 'You hold three stays already.')]);
  renderApp(ADDRESS, travelerStore());
  await reserve();
  expect(await screen.findByText('You hold three stays already.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'See what you hold' })).toHaveAttribute('href', '/bookings#held');
});

test('who is not logged in goes to the login and comes back to the same stay', async () => {
  server.use(
    http.post('*/api/account/session', () => HttpResponse.json(session())),
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
  );
  const { router } = renderApp(ADDRESS, makeStore());
  const button = await screen.findByRole('button', { name: 'Log in to reserve' });
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
  await userEvent.type(await screen.findByLabelText('E-mail'), 'tina@example.com');
  await userEvent.type(screen.getByLabelText('Password'), 'demo-stay-2026');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  await waitFor(async () => expect(await screen.findByRole('button', { name: 'Reserve' })).toBeEnabled());
  expect(router.state.location.pathname + router.state.location.search).toBe(ADDRESS);
  expect(screen.getByRole('button', { name: /December 4, 2026/ })).toHaveAccessibleName('Friday, December 4, 2026, check-in');
});

test('a phone has the chosen dates and the way to their price at hand', async () => {
  renderApp(ADDRESS, travelerStore());
  const bar = (await screen.findByRole('button', { name: 'See the price' })).parentElement;
  expect(bar).toHaveTextContent(/a nightDec 4 – 6, 2026See the price$/);
  await userEvent.click(screen.getByRole('button', { name: 'Clear dates' }));
  expect(bar).toHaveTextContent(/a nightChoose dates$/);
});
