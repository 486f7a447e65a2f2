import { screen } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, test, vi } from 'vitest';
import type { FoundCard } from '../../api/wire';
import { listing } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { foundPage, pageOf, server } from '../../test/server';

vi.mock('../Map/ListingMap', () => ({ default: () => null }));

function search(address: string, found: FoundCard) {
  server.use(
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
    http.get('*/api/properties', () => HttpResponse.json(pageOf([found]))),
    http.get('*/api/properties/search', () => HttpResponse.json(foundPage([found]))),
  );
  renderApp(address);
  return screen.findByRole('article');
}

test('with dates a place shows what the whole stay costs', async () => {
  const card = await search('/?check_in=2026-12-04&check_out=2026-12-07', { ...listing, stay: { nights: 3, total_price: 512 } });
  expect(card).toHaveTextContent(/SGD\s512 total · 3 nights/);
  expect(card).not.toHaveTextContent('a night');
});

test('without dates it shows what a night costs', async () => {
  expect(await search('/', listing)).toHaveTextContent(/SGD\s120 a night/);
});
