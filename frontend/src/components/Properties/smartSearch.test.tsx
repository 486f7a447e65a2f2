import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { FoundCard, PageOf, SmartAnswer, UnderstoodFilters } from '../../api/wire';
import { listing } from '../../test/fixtures';
import { fill } from '../../test/fill';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, foundPage, pageOf, server } from '../../test/server';

vi.mock('../Map/ListingMap', () => ({ default: () => null }));

const ASK = 'quiet flat in Chinatown with wifi for two under 150, sunny';
const answer: SmartAnswer & PageOf<FoundCard> = {
  filters: { location: 'Chinatown', guests: 2, max_price: 150, property_type: 'apartment', amenities: ['Wifi'], check_in: null, check_out: null, min_price: null },
  understood: [
    { text: 'in Chinatown', field: 'location', value: 'Chinatown' },
    { text: 'for two', field: 'guests', value: 2 },
    { text: 'under 150', field: 'max_price', value: 150 },
    { text: 'flat', field: 'property_type', value: 'apartment' },
    { text: 'wifi', field: 'amenities', value: 'Wifi' },
  ],
  ignored: ['sunny'],
  interpreter: 'embedded',
  ...pageOf([listing]),
};
const nothing: UnderstoodFilters = { location: null, guests: null, max_price: null, property_type: null, amenities: [], check_in: null, check_out: null, min_price: null };
let searches: string[] = [];

beforeEach(() => {
  searches = [];
  server.use(
    http.get('*/api/properties', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
    http.get('*/api/properties/amenities', () => HttpResponse.json({ amenities: [], known: [{ id: 'wifi', name: 'Wifi', group: 'essentials' }, { id: 'pool', name: 'Pool', group: 'outdoors' }] })),
    http.get('*/api/properties/search', ({ request }) => {
      const asked = decodeURIComponent(new URL(request.url).search);
      if (!asked.includes('facets=')) searches.push(asked);
      return HttpResponse.json(foundPage([listing]));
    }),
  );
});

async function askFor(text: string) {
  const box = await screen.findByRole('searchbox', { name: 'Describe the stay you want' });
  fill(box, text);
  await userEvent.click(screen.getByRole('button', { name: 'Find it' }));
}

test('a sentence becomes ordinary filters, shown as chips that can be taken off', async () => {
  server.use(http.post('*/api/ai/search', () => HttpResponse.json(answer)));
  const { router } = renderApp('/');
  await askFor(ASK);
  const chips = await screen.findByRole('list', { name: 'Understood' });
  expect(within(chips).getAllByRole('button').map((chip) => chip.textContent?.trim())).toEqual([
    'Chinatown',
    '2 guests',
    'up to 150 a night',
    'Apartment',
    'Wifi',
  ]);
  expect(screen.getByText('Not used: “sunny”')).toBeVisible();
  await waitFor(() =>
    expect(searches).toEqual(['?location=Chinatown&max_price=150&property_type=apartment&amenities=Wifi&guests=2&page=1&per_page=20']),
  );
  await userEvent.click(screen.getByRole('button', { name: 'Filters (3)' }));
  expect(await screen.findByRole('radio', { name: 'Apartment' })).toBeChecked();
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));

  await userEvent.click(within(chips).getByRole('button', { name: 'Remove up to 150 a night' }));
  await waitFor(() => expect(searches.at(-1)).toBe('?location=Chinatown&property_type=apartment&amenities=Wifi&guests=2&page=1&per_page=20'));
  expect(within(chips).queryByRole('button', { name: 'Remove up to 150 a night' })).toBeNull();
  const address = new URLSearchParams(router.state.location.search);
  expect(address.get('ask')).toBe(ASK);
  expect(address.get('max_price')).toBeNull();
});

test('a filter changed by hand is no longer a chip of the sentence', async () => {
  server.use(http.post('*/api/ai/search', () => HttpResponse.json(answer)));
  renderApp('/');
  await askFor(ASK);
  await screen.findByRole('button', { name: 'Remove Apartment' });
  await userEvent.click(screen.getByRole('button', { name: /^Filters/ }));
  await userEvent.click(await screen.findByRole('radio', { name: 'House' }));
  await userEvent.click(screen.getByRole('button', { name: /^Show .*place/ }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Remove Apartment' })).toBeNull());
  expect(searches.at(-1)).toContain('property_type=house');
});

test('what nobody understood is said, and everything is shown', async () => {
  server.use(http.post('*/api/ai/search', () => HttpResponse.json({ ...answer, filters: nothing, understood: [], ignored: ['blah'] })));
  renderApp('/');
  await askFor('blah');
  expect(await screen.findByText(/We found no filters in this/)).toBeVisible();
  expect(screen.getByText('Not used: “blah”')).toBeVisible();
});

test('a failure of the interpreter is said and the ordinary search still works', async () => {
  server.use(http.post('*/api/ai/search', () => failure(503, 'SERVICE_UNAVAILABLE', 'Back in a minute.')));
  renderApp('/');
  await askFor('anything');
  expect(await screen.findByText('Back in a minute.')).toBeVisible();
  expect(await screen.findByRole('heading', { name: '0 places to stay' })).toBeVisible();
});

test('amenities are chosen from the common ones, and one press clears all filters but who comes', async () => {
  const { router } = renderApp('/?guests=2');
  await userEvent.click(await screen.findByRole('button', { name: 'Filters' }));
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Pool' }));
  await userEvent.click(screen.getByRole('button', { name: /^Show .*place/ }));
  await waitFor(() => expect(searches.at(-1)).toBe('?amenities=Pool&guests=2&page=1&per_page=20'));
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  await waitFor(() => expect(router.state.location.search).toBe('?guests=2'));
});

test('two amenities pressed at once are both chosen', async () => {
  const { router } = renderApp('/');
  await userEvent.click(await screen.findByRole('button', { name: 'Filters' }));
  const [wifi, pool] = await screen.findAllByRole('checkbox', { name: /Wifi|Pool/ });
  act(() => wifi?.click());
  expect(wifi).toBeChecked();
  act(() => pool?.click());
  await userEvent.click(screen.getByRole('button', { name: /^Show .*place/ }));
  await waitFor(() => expect(router.state.location.search).toBe('?amenities=Wifi%2CPool'));
});

test('near me asks the browser and searches around that point', async () => {
  const spot = { coords: { longitude: 103.85, latitude: 1.29 } } as GeolocationPosition;
  vi.stubGlobal('navigator', { ...navigator, language: 'en', geolocation: { getCurrentPosition: (found: PositionCallback) => found(spot) } });
  renderApp('/');
  (await screen.findByRole('button', { name: 'Near me' })).click();
  await waitFor(() => expect(searches).toEqual(['?lng=103.85&lat=1.29&radius_km=30&page=1&per_page=20']));
  vi.unstubAllGlobals();
});
