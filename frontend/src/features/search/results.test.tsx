import { fireEvent, screen, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { listing } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { addressOf, answer, searches, startSearching } from '../../test/searching';
import { failure, foundPage, server } from '../../test/server';

vi.mock('../../components/Map/ListingMap', () => ({ default: () => null }));
beforeEach(startSearching);

test('where little is found each filter says what it costs', async () => {
  answer(() => ({ ...foundPage([]), loosen: [{ filter: 'amenities', found: 8 }, { filter: 'step_free_access', found: 3 }] }));
  const { router } = renderApp('/?amenities=Pool&accessibility=step_free_access');
  const ways = await screen.findByRole('region', { name: 'More places with' });
  expect(within(ways).getAllByRole('button').map((way) => way.textContent)).toEqual(['any amenities 8 places', 'without “Step free access” 3 places']);
  fireEvent.click(within(ways).getByRole('button', { name: 'any amenities 8 places' }));
  expect(addressOf(router)).toEqual({ accessibility: 'step_free_access' });
});

const cardAt = (number: number) => ({ ...listing, id: String(number).padStart(24, '0'), title: `Home ${number}` });
const many = (from: number, count: number) => Array.from({ length: count }, (_, index) => cardAt(from + index));

function sixtyHomes() {
  answer((query) => {
    const from = query.has('cursor') ? Number(query.get('cursor')) : 0;
    const count = Number(query.get('per_page'));
    return { ...foundPage(many(from, count), { total: 60, has_next: from + count < 60 }), next_cursor: from + count < 60 ? String(from + count) : null };
  });
}

test('more is shown below, and a reload shows as much again', async () => {
  sixtyHomes();
  const { router, store } = renderApp('/?guests=2');
  fireEvent.click(await screen.findByText('Show more'));
  expect(await screen.findByText('40 of 60 places')).toBeVisible();
  expect(searches).toEqual(['?guests=2&page=1&per_page=20', '?guests=2&cursor=20&per_page=20']);
  expect(addressOf(router)).toEqual({ guests: '2', page: '2' });
  expect(store.getState().properties.listings.map(({ title }) => title)).toEqual(many(0, 40).map(({ title }) => title));
});

test('an address with pages asks for all of them at once', async () => {
  sixtyHomes();
  renderApp('/?guests=2&page=2');
  expect(await screen.findByText('40 of 60 places')).toBeVisible();
  expect(searches).toEqual(['?guests=2&page=1&per_page=40']);
});

test('who comes back from a place finds the list as it was, and asks nothing anew', async () => {
  sixtyHomes();
  const { router } = renderApp('/?guests=2');
  fireEvent.click(await screen.findByText('Show more'));
  await screen.findByText('40 of 60 places');
  await router.navigate('/login');
  await screen.findByLabelText('Password');
  await router.navigate(-1);
  expect(await screen.findByText('Home 33')).toBeVisible();
  expect(searches).toHaveLength(2);
});

test('a cursor that has ended is no dead end', async () => {
  let refused = false;
  server.use(
    http.get('*/api/properties/search', ({ request }) => {
      const { searchParams } = new URL(request.url);
      const count = Number(searchParams.get('per_page'));
      if (searchParams.has('cursor')) {
        refused = true;
        return failure(400, 'INVALID_INPUT', 'This is no cursor of this search.');
      }
      return HttpResponse.json({ ...foundPage(many(0, count), { total: 60, has_next: true }), next_cursor: 'old' });
    }),
  );
  renderApp('/?guests=2');
  fireEvent.click(await screen.findByText('Show more'));
  expect(await screen.findByText('40 of 60 places')).toBeVisible();
  expect(refused).toBe(true);
});

test('with open dates a card says which stay is meant, and leads to it', async () => {
  answer(() => foundPage([{ ...listing, stay: { nights: 2, total_price: 300, check_in: '2026-12-05', check_out: '2026-12-07' } }]));
  renderApp('/?check_in=2026-12-04&check_out=2026-12-06&flexible=1');
  const card = await screen.findByRole('article');
  expect(card).toHaveTextContent(/5.*7 Dec 2026|Dec 5.*7, 2026/);
  expect(within(card).getByRole('link')).toHaveAttribute('href', `/listings/${listing.id}?check_in=2026-12-05&check_out=2026-12-07`);
});

test('a search that fails says so, and tries again', async () => {
  server.use(http.get('*/api/properties/search', () => failure(503, 'SERVICE_UNAVAILABLE', 'Back in a minute.'), { once: true }));
  renderApp('/?guests=2');
  expect(await screen.findByText('Back in a minute.')).toBeVisible();
  expect(screen.queryByRole('article')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('article')).toBeVisible();
});
