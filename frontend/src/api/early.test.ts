import { HttpResponse } from 'msw';
import { afterEach, expect, test } from 'vitest';
import { listing } from '../test/fixtures';
import { http } from '../test/http';
import { failure, server, type Answer } from '../test/server';
import { createClient } from './client';
import { askEarly, keyOf, readFirstData } from './early';
import type { Listing } from './wire';

const api = createClient(() => null, () => Promise.resolve(null));

/** How often the API is asked for the listing. */
function asked(answer: () => Answer<Listing> = () => HttpResponse.json(listing)) {
  const count = { calls: 0 };
  server.use(
    http.get('*/api/properties/:id', () => {
      count.calls += 1;
      return answer();
    }),
  );
  return count;
}

const block = (data: unknown) => {
  document.body.innerHTML = `<script type="application/json" id="first-data">${JSON.stringify(data)}</script>`;
};

afterEach(() => {
  document.body.innerHTML = '';
});

test('an address is the same in whatever order its query stands', () => {
  expect(keyOf('/api/properties?per_page=20&page=1')).toBe('/api/properties?page=1&per_page=20');
  expect(keyOf('/api/properties/search?q=sea+view&place=a%2Cb')).toBe('/api/properties/search?place=a%2Cb&q=sea+view');
});

test('what stands in the page is used once, and asked for after that', async () => {
  const count = asked();
  block({ '/api/properties/1': { ...listing, title: 'From the page' } });
  readFirstData();
  expect((await api.get('/properties/1')).data.title).toBe('From the page');
  expect(count.calls).toBe(0);
  expect((await api.get('/properties/1')).data.title).toBe(listing.title);
  expect(count.calls).toBe(1);
});

test('a call joins the one that was begun early', async () => {
  const count = asked();
  askEarly('/api/properties/2');
  askEarly('/api/properties/2');
  expect((await api.get('/properties/2')).data.id).toBe(listing.id);
  expect(count.calls).toBe(1);
});

test('where the early one fails, the call is made as usual and its error is the answer', async () => {
  const count = asked(() => failure(404, 'NOT_FOUND', 'Gone.'));
  askEarly('/api/properties/3');
  await expect(api.get('/properties/3')).rejects.toMatchObject({ response: { status: 404 } });
  expect(count.calls).toBe(2);
});

test('a page without data is none', async () => {
  const count = asked();
  readFirstData();
  await api.get('/properties/4');
  expect(count.calls).toBe(1);
});
