import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { sessionRestored } from '../../store/slices/authSlice';
import { pollNotifications } from '../../store/slices/notificationSlice';
import { makeStore } from '../../store/store';
import { booking, BOOKING_ID, listing, LISTING_ID, notification, quote, session } from '../../test/fixtures';
import { renderApp } from '../../test/renderApp';
import { failure, pageOf, server } from '../../test/server';

vi.mock('../Map/SpotMap', () => ({ default: () => null }));

const ADDRESS = `/listings/${LISTING_ID}?check_in=2026-12-04&check_out=2026-12-06&guests=2`;
let calendarCalls = 0;
let feed = [] as ReturnType<typeof notification>[];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00'), toFake: ['Date'] });
  calendarCalls = 0;
  feed = [];
  server.use(
    http.get(`*/api/properties/${LISTING_ID}`, () => HttpResponse.json(listing)),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [] })),
    http.get('*/api/properties/:id/calendar', () => {
      calendarCalls += 1;
      return HttpResponse.json({ taken: calendarCalls > 1 ? ['2026-12-05'] : [] });
    }),
    http.get('*/api/properties/:id/reviews', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/bookings/quote', ({ request }) => {
      const asked = new URL(request.url).searchParams;
      return HttpResponse.json({ ...quote, check_in: asked.get('check_in'), check_out: asked.get('check_out') });
    }),
    http.get('*/api/notifications', () => HttpResponse.json({ ...pageOf(feed), unread: feed.length })),
  );
});

const travelerStore = () => {
  const store = makeStore();
  store.dispatch(sessionRestored(session()));
  return store;
};

async function ask() {
  const button = await screen.findByRole('button', { name: 'Request to book' });
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
}

/** Answers booking requests in turn and remembers their keys and bodies. */
function onRequest(answers: (() => Response)[]) {
  const calls: { key: string | null; body: unknown }[] = [];
  server.use(
    http.post('*/api/bookings', async ({ request }) => {
      calls.push({ key: request.headers.get('idempotency-key'), body: await request.json() });
      return answers.shift()?.() ?? HttpResponse.error();
    }),
  );
  return calls;
}

const accepted = () => HttpResponse.json(booking(), { status: 201 });

test('a request ends in a confirmation that changes when the host says yes', async () => {
  const calls = onRequest([accepted]);
  let stored = booking();
  server.use(http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(stored)));
  const { store, router } = renderApp(ADDRESS, travelerStore());
  const form = await screen.findByRole('form', { name: 'Request to book' });
  await userEvent.type(within(form).getByLabelText('Special requests (optional)'), 'A cot');
  expect(await within(form).findByRole('row', { name: /Total/ })).toHaveTextContent(/^TotalSGD\s260$/);
  await ask();
  expect(await screen.findByRole('heading', { name: 'Request sent' })).toBeVisible();
  expect(router.state.location.pathname).toBe(`/bookings/${BOOKING_ID}`);
  expect(calls.map(({ body }) => body)).toEqual([
    { listing_id: LISTING_ID, check_in: '2026-12-04', check_out: '2026-12-06', guest_count: 2, special_requests: 'A cot' },
  ]);

  stored = booking({ status: 'confirmed', version: 2 });
  feed = [notification()];
  await store.dispatch(pollNotifications());
  expect(await screen.findByRole('heading', { name: 'Your stay is confirmed' })).toBeVisible();
});

test('taken nights are named, struck from the calendar, and the next request has a new key', async () => {
  const refused = () => failure(409, 'NIGHTS_TAKEN', 'Somebody was faster.', { details: { nights: ['2026-12-05'] } });
  const calls = onRequest([refused, refused]);
  const { router } = renderApp(ADDRESS, travelerStore());
  await ask();
  const taken = await screen.findByRole('list', { name: 'Taken nights' });
  expect(within(taken).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Dec 5, 2026']);
  expect(await screen.findByRole('button', { name: 'Saturday, December 5, 2026, unavailable' })).toBeVisible();
  expect(calendarCalls).toBe(2);
  expect(router.state.location.search).toBe('?guests=2');

  await userEvent.click(screen.getByRole('button', { name: /December 8, 2026/ }));
  await userEvent.click(screen.getByRole('button', { name: /December 10, 2026/ }));
  expect(screen.queryByRole('list', { name: 'Taken nights' })).toBeNull();
  await ask();
  await waitFor(() => expect(calls).toHaveLength(2));
  expect(calls[1]?.body).toMatchObject({ check_in: '2026-12-08', check_out: '2026-12-10' });
  expect(calls[1]?.key).not.toBe(calls[0]?.key);
});

test('a request without an answer is sent again under the same key', async () => {
  const calls = onRequest([() => HttpResponse.error(), () => failure(503, 'SERVICE_UNAVAILABLE', 'Soon.'), accepted]);
  server.use(http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(booking())));
  renderApp(ADDRESS, travelerStore());
  await ask();
  expect(await screen.findByText('Staywell cannot be reached right now. Check your connection and try again.')).toBeVisible();
  await ask();
  expect(await screen.findByText('Soon.')).toBeVisible();
  await ask();
  expect(await screen.findByRole('heading', { name: 'Request sent' })).toBeVisible();
  expect(calls).toHaveLength(3);
  expect(calls[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(calls.map(({ key }) => key)).size).toBe(1);
});

test('who is not logged in goes to the login and comes back to the same form', async () => {
  server.use(http.post('*/api/traveler/auth/login', () => HttpResponse.json(session())));
  const { router } = renderApp(ADDRESS);
  const button = await screen.findByRole('button', { name: 'Log in to request' });
  await userEvent.type(screen.getByLabelText('Special requests (optional)'), 'A cot');
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
  await userEvent.type(await screen.findByLabelText('E-mail'), 'tina@example.com');
  await userEvent.type(screen.getByLabelText('Password'), 'demo-stay-2026');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  await waitFor(async () => expect(await screen.findByRole('button', { name: 'Request to book' })).toBeEnabled());
  expect(router.state.location.pathname + router.state.location.search).toBe(ADDRESS);
  expect(screen.getByLabelText('Special requests (optional)')).toHaveValue('A cot');
  expect(screen.getByRole('button', { name: /December 4, 2026/ })).toHaveAccessibleName('Friday, December 4, 2026, check-in');
});
