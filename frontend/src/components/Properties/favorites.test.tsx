import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { favorite, listing, LISTING_ID } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, foundPage, pageOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

vi.mock('../Map/ListingMap', () => ({ default: () => null }));

const heart = () => screen.findByRole('button', { name: 'Favorite: Shophouse by the river' });

beforeEach(() => {
  server.use(
    http.get('*/api/properties', () => HttpResponse.json(pageOf([listing]))),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
  );
});

test('a heart is red at once, and stays so when the API agrees', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/api/traveler/favorites', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(favorite(), { status: 201 });
    }),
  );
  const { store } = renderApp('/', travelerStore());
  await userEvent.click(await heart());
  expect(await heart()).toHaveAttribute('aria-pressed', 'true');
  await waitFor(() => expect(store.getState().favoriteView.pending).toEqual([]));
  expect(sent).toEqual([{ listing_id: LISTING_ID }]);
  expect(store.getState().bookings.favorites.map(({ id }) => id)).toEqual([LISTING_ID]);
});

test('a list of favorites that was under way when a heart was pressed does not undo it', async () => {
  let answer = () => {};
  let asked = 0;
  let stored = false;
  server.use(
    http.get('*/api/traveler/favorites', async () => {
      asked += 1;
      const known = stored ? [favorite()] : [];
      if (asked === 1) await new Promise<void>((resolve) => (answer = resolve));
      return HttpResponse.json(pageOf(known));
    }),
    http.post('*/api/traveler/favorites', () => {
      stored = true;
      return HttpResponse.json(favorite(), { status: 201 });
    }),
  );
  const { store } = renderApp('/', travelerStore());
  const button = await heart();
  await waitFor(() => expect(asked).toBe(1));
  await userEvent.click(button);
  await waitFor(() => expect(store.getState().favoriteView.pending).toEqual([]));
  answer();
  await waitFor(() => expect(store.getState().favoriteView.loaded).toBe(true));
  expect(asked).toBe(2);
  expect(button).toHaveAttribute('aria-pressed', 'true');
});

test('a heart that the API refuses goes back, with a word', async () => {
  server.use(http.post('*/api/traveler/favorites', () => failure(503, 'SERVICE_UNAVAILABLE', 'Not now.')));
  const { store } = renderApp('/', travelerStore());
  await userEvent.click(await heart());
  expect(await screen.findByText('Not now.')).toBeVisible();
  expect(await heart()).toHaveAttribute('aria-pressed', 'false');
  expect(store.getState().bookings.favorites).toEqual([]);
});

test('who is not logged in is asked to, and comes back', async () => {
  const { router } = renderApp('/?guests=2');
  server.use(http.get('*/api/properties/search', () => HttpResponse.json(foundPage([listing]))));
  await userEvent.click(await heart());
  expect(await screen.findByRole('heading', { name: 'Log in' })).toBeVisible();
  expect(router.state.location.state).toMatchObject({ from: { pathname: '/', search: '?guests=2' } });
});

test('a removed favorite keeps its place until it is taken back', async () => {
  const calls: string[] = [];
  server.use(
    http.get('*/api/traveler/favorites', () =>
      HttpResponse.json(pageOf([favorite({ id: 'l2', title: 'Newest', favorited_at: '2026-11-21T08:00:00Z' }), favorite()])),
    ),
    http.delete('*/api/traveler/favorites/:id', ({ params }) => {
      calls.push(`DELETE ${params.id}`);
      return new HttpResponse(null, { status: 204 });
    }),
    http.post('*/api/traveler/favorites', () => {
      calls.push('POST');
      return HttpResponse.json(favorite(), { status: 201 });
    }),
  );
  renderApp('/favorites', travelerStore());
  const list = await screen.findByRole('list', { name: 'Favorites' });
  await userEvent.click(within(list).getByRole('button', { name: 'Favorite: Newest' }));
  const first = within(list).getAllByRole('listitem')[0];
  expect(first).toHaveTextContent('Newest is no favorite any more.');
  await waitFor(() => expect(calls).toEqual(['DELETE l2']));
  await userEvent.click(screen.getByRole('button', { name: 'Undo: Newest' }));
  expect(await within(list).findByRole('link', { name: 'Newest' })).toBeVisible();
  await waitFor(() => expect(calls).toEqual(['DELETE l2', 'POST']));
});

test('a withdrawn favorite is shown as such and leads nowhere', async () => {
  server.use(http.get('*/api/traveler/favorites', () => HttpResponse.json(pageOf([favorite({ is_active: false })]))));
  renderApp('/favorites', travelerStore());
  const card = await screen.findByRole('article', { name: 'Shophouse by the river' });
  expect(within(card).getByText('Not offered now')).toBeVisible();
  expect(within(card).queryByRole('link')).toBeNull();
});

test('without favorites there is a word and a way on', async () => {
  renderApp('/favorites', travelerStore());
  expect(await screen.findByRole('heading', { name: 'No favorites yet' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Find a place' })).toHaveAttribute('href', '/');
});
