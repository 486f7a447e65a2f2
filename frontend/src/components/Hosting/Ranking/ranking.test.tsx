import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { Rank } from '../../../api/wire';
import { LISTING_ID } from '../../../test/fixtures';
import { ownerStore, ownListing } from '../../../test/hosting';
import { http } from '../../../test/http';
import { renderApp } from '../../../test/renderApp';
import { failure, feedOf, server, type Answer } from '../../../test/server';

const rank = (changes: Partial<Rank> = {}): Rank => ({
  listing_id: LISTING_ID,
  score: 65,
  limit: 65,
  limited_by: 'reviews',
  parts: [
    { name: 'quality', points: 33, most: 45 },
    { name: 'price', points: 9.12, most: 15 },
  ],
  place: { city: 'Singapore', position: 12, listings: 83 },
  facts: {
    rating: null,
    reviews: 0,
    photos: 1,
    description_letters: 420,
    price_per_night: 120,
    usual_price: 138,
    currency: 'SGD',
    free_nights: 61,
    nights: 90,
    changed_at: '2026-11-20T08:15:00Z',
  },
  ranked_at: '2026-11-28T03:00:00Z',
  ...changes,
});

const answer = (reply: () => Answer<Rank>) => server.use(http.get(`*/api/owner/listings/${LISTING_ID}/rank`, reply));

beforeEach(() =>
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get(`*/api/owner/listings/${LISTING_ID}`, () => HttpResponse.json(ownListing())),
  ),
);

test('the host reads the place, what each part gives and what would bring more', async () => {
  answer(() => HttpResponse.json(rank()));
  renderApp(`/host/listings/${LISTING_ID}/ranking`, ownerStore());
  expect(await screen.findByRole('heading', { name: 'Number 12 of 83 places in Singapore' })).toBeVisible();
  expect(screen.getByText(/Without a review a listing gets 65 points at most/)).toBeVisible();
  const [rating, price] = screen.getAllByRole('listitem').filter((item) => within(item).queryByRole('meter'));
  expect(rating).toHaveTextContent('33.0 of 45');
  expect(rating).toHaveTextContent('No review yet');
  expect(price).toHaveTextContent('SGD 120 a night. Homes like yours here usually cost SGD 138.');
});

test('a withdrawn listing says what to do', async () => {
  answer(() => failure(409, 'LISTING_NOT_SHOWN', 'Publish it first.'));
  renderApp(`/host/listings/${LISTING_ID}/ranking`, ownerStore());
  expect(await screen.findByText('Publish it first.')).toBeVisible();
});

test('a failure can be tried again', async () => {
  answer(() => failure(500, 'ERROR', 'Try again in a moment.'));
  renderApp(`/host/listings/${LISTING_ID}/ranking`, ownerStore());
  expect(await screen.findByText('Try again in a moment.')).toBeVisible();
  answer(() => HttpResponse.json(rank({ limited_by: null })));
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: /Number 12/ })).toBeVisible();
});
