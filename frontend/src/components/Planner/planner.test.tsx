import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { UNDO_MS } from '../../hooks/usePlanRemoval';
import { listing, LISTING_ID, preferences } from '../../test/fixtures';
import { http } from '../../test/http';
import { itinerary } from '../../test/trips';
import { fill, pressDay } from '../../test/fill';
import { renderApp } from '../../test/renderApp';
import { failure, pageOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

vi.mock('../Map/TripMap', () => ({ default: () => null }));
vi.mock('../Map/ListingMap', () => ({ default: () => null }));

const singapore = { city: 'Singapore', state: '', country: 'Singapore', count: 9, center: [103.85, 1.29] };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00'), toFake: ['Date'] });
  server.use(
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [singapore], suggestions: [] })),
    http.get('*/api/traveler/preferences', () => HttpResponse.json({ ...preferences, interests: ['food'], guests: 3 })),
    http.get('*/api/ai/itineraries', () => HttpResponse.json(pageOf([itinerary]))),
  );
});

async function fillIn() {
  const destination = await screen.findByRole('combobox', { name: 'Destination' });
  await userEvent.click(destination);
  fill(destination, 'Sing');
  await userEvent.click(await screen.findByRole('option', { name: /Singapore/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Dates: Choose dates' }));
  await waitFor(() => pressDay('2026-12-04'));
  pressDay('2026-12-06');
  await userEvent.click(screen.getByText('Done'));
}

test('a request becomes a plan whose stay can be booked as it is', async () => {
  let sent: unknown;
  server.use(
    http.post('*/api/ai/itinerary', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(itinerary, { status: 201 });
    }),
  );
  const { router } = renderApp('/plan', travelerStore());
  await fillIn();
  fill(screen.getByLabelText('Budget (optional)'), '400');
  await userEvent.click(screen.getByRole('radio', { name: 'Packed' }));
  await userEvent.click(screen.getByRole('button', { name: 'Plan the trip' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Singapore' })).toBeVisible();
  expect(router.state.location.pathname).toBe(`/plan/${itinerary.id}`);
  expect(sent).toEqual({
    destination: 'Singapore',
    start_date: '2026-12-04',
    end_date: '2026-12-06',
    guests: 3,
    budget: 400,
    currency: 'USD',
    interests: ['food'],
    pace: 'packed',
  });
  const first = screen.getByRole('article', { name: 'Day 1' });
  expect(within(first).getByText('Usual for December: 25 to 31 °C, wet on 6 days of 10.')).toBeVisible();
  expect(within(first).getByRole('heading', { name: 'National Museum' })).toBeVisible();
  expect(screen.getByText(/Average weather for these days, not a forecast. Normals 1991–2020./)).toBeVisible();
  expect(screen.getByRole('row', { name: /Total/ })).toHaveTextContent(/^TotalSGD\s260$/);
  expect(screen.getByRole('link', { name: 'Book this stay' })).toHaveAttribute(
    'href',
    `/listings/${LISTING_ID}?check_in=2026-12-04&check_out=2026-12-06&guests=2`,
  );
});

test('an unknown destination is said at its field, and the form keeps what was typed', async () => {
  server.use(http.post('*/api/ai/itinerary', () => failure(404, 'UNKNOWN_DESTINATION', 'Known are Lisbon and Singapore.')));
  renderApp('/plan', travelerStore());
  await fillIn();
  await userEvent.click(screen.getByRole('button', { name: 'Plan the trip' }));
  expect(await screen.findByText('Known are Lisbon and Singapore.')).toBeVisible();
  expect(screen.getByRole('combobox', { name: 'Destination' })).toHaveAccessibleDescription('Known are Lisbon and Singapore.');
  expect(screen.getByRole('combobox', { name: 'Destination' })).toHaveValue('Singapore');
});

test('a deleted plan can be taken back, and is gone when nobody does', async () => {
  vi.useRealTimers();
  let deleted = 0;
  server.use(
    http.delete('*/api/ai/itineraries/:id', () => {
      deleted += 1;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderApp('/plan', travelerStore());
  const remove = () => screen.findByRole('button', { name: 'Delete the plan for Singapore' });
  await userEvent.click(await remove());
  expect(screen.getByText('The plan for Singapore is deleted.')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Undo: Singapore' }));
  const again = await remove();
  expect(deleted).toBe(0);

  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  act(() => again.click());
  await act(() => vi.advanceTimersByTimeAsync(UNDO_MS - 1));
  expect(deleted).toBe(0);
  await act(() => vi.advanceTimersByTimeAsync(1));
  vi.useRealTimers();
  await waitFor(() => expect(screen.queryByText('The plan for Singapore is deleted.')).toBeNull());
  expect(deleted).toBe(1);
  expect(screen.queryByRole('list', { name: 'Saved plans' })).toBeNull();
});

test('somebody else’s plan is not found', async () => {
  server.use(http.get('*/api/ai/itineraries/:id', () => failure(404, 'NOT_FOUND', 'No.')));
  renderApp('/plan/e00000000000000000000009', travelerStore());
  expect(await screen.findByRole('heading', { name: 'Plan not found' })).toBeVisible();
});

test('places for the traveler stand on the home page with their reason', async () => {
  const one = { listing, score: 0.8, reasons: ['Has wifi, as you like'], total_price: null, currency: 'SGD' };
  server.use(
    http.get('*/api/properties', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/ai/recommendations', () => HttpResponse.json({ personalized: true, results: [one] })),
  );
  renderApp('/', travelerStore());
  expect(await screen.findByRole('heading', { name: 'For you' })).toBeVisible();
  expect(within(screen.getByRole('list', { name: 'Recommended places' })).getByText('Has wifi, as you like')).toBeVisible();
});
