import { HttpResponse } from 'msw';
import type { ListingChanges, NewListing, OwnListing } from '../api/wire';
import { LISTING_ID } from './fixtures';
import { http } from './http';
import { server, type Answer } from './server';

/** The stored listing after a change that was sent. */
export const saved = (stored: OwnListing, { location, capacity, seasons, ...sent }: Omit<ListingChanges, 'version'>, version = stored.version): OwnListing => ({
  ...stored,
  ...sent,
  location: { ...stored.location, ...location },
  capacity: { ...stored.capacity, ...capacity },
  seasons: (seasons ?? stored.seasons).map((season) => ({ price_per_night: null, min_nights: null, max_nights: null, ...season })),
  version,
});

/** Answers changes in turn and remembers what was sent. */
export function onPut(...answers: ((body: ListingChanges) => Answer<OwnListing>)[]) {
  const bodies: ListingChanges[] = [];
  server.use(
    http.put(`*/api/properties/${LISTING_ID}`, async ({ request }) => {
      const body = await request.json();
      bodies.push(body);
      return answers.shift()?.(body) ?? HttpResponse.error();
    }),
  );
  return bodies;
}

/** Creates the first listing that is sent, and remembers all of them. */
export function onPost(stored: OwnListing) {
  const bodies: NewListing[] = [];
  server.use(
    http.post('*/api/properties', async ({ request }) => {
      const body = await request.json();
      bodies.push(body);
      return bodies.length > 1 ? HttpResponse.error() : HttpResponse.json(saved(stored, body), { status: 201 });
    }),
  );
  return bodies;
}
