import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { LISTING_ID } from '../../test/fixtures';
import { ownCard, ownerStore, ownListing } from '../../test/hosting';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { failure, feedOf, pageOf, server } from '../../test/server';

let asked: URLSearchParams[] = [];
let stored = [ownCard()];

beforeEach(() => {
  asked = [];
  stored = [ownCard()];
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/owner/listings', ({ request }) => {
      const params = new URL(request.url).searchParams;
      asked.push(params);
      const wanted = stored.filter((card) => card.is_active === (params.get('status') === 'active'));
      return HttpResponse.json(pageOf(wanted, { page: Number(params.get('page')), per_page: 10, has_next: params.get('page') === '1' && wanted.length > 1 }));
    }),
  );
});

const open = (address = '/host/listings') => renderApp(address, ownerStore());

test('published and withdrawn listings stand apart, each page in the address', async () => {
  stored = [ownCard(), ownCard({ id: 'f'.repeat(24), title: 'Second' }), ownCard({ id: 'e'.repeat(24), title: 'Asleep', is_active: false })];
  const { router } = open();
  expect(await screen.findByRole('article', { name: 'Shophouse by the river' })).toBeVisible();
  expect(screen.queryByText('Asleep')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Next' }));
  await waitFor(() => expect(asked.at(-1)?.toString()).toBe('status=active&page=2&per_page=10'));
  expect(router.state.location.search).toBe('?status=active&page=2');
  await userEvent.click(screen.getByRole('link', { name: 'Withdrawn' }));
  expect(await screen.findByRole('article', { name: 'Asleep' })).toBeVisible();
  expect(document.title).toBe('Your listings · Staywell');
});

test('an owner without a listing is led to the first one', async () => {
  stored = [];
  open();
  expect(await screen.findByRole('heading', { name: 'No published listing yet' })).toBeVisible();
  expect(screen.getAllByRole('link', { name: 'New listing' })[1]).toHaveAttribute('href', '/host/listings/new');
});

test('a listing that cannot be loaded can be asked for again', async () => {
  server.use(http.get('*/api/owner/listings', () => failure(503, 'SERVICE_UNAVAILABLE', 'Soon.'), { once: true }));
  open();
  expect(await screen.findByRole('alert')).toHaveTextContent('Soon.');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('article', { name: 'Shophouse by the river' })).toBeVisible();
});

test('withdrawing sends the version and moves the listing to the other tab', async () => {
  const bodies: unknown[] = [];
  server.use(
    http.put(`*/api/properties/${LISTING_ID}`, async ({ request }) => {
      bodies.push(await request.json());
      stored = [ownCard({ is_active: false, version: 2 })];
      return HttpResponse.json(ownListing({ is_active: false, version: 2 }));
    }),
  );
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Withdraw' }));
  expect(await screen.findByText('Withdrawn: travelers no longer find it.')).toBeVisible();
  expect(bodies).toEqual([{ is_active: false, version: 1 }]);
  expect(await screen.findByRole('heading', { name: 'No published listing yet' })).toBeVisible();
});

test('a withdrawal based on an old version loads the newest and says so', async () => {
  server.use(http.put(`*/api/properties/${LISTING_ID}`, () => failure(412, 'STALE_VERSION', 'Stale.', { details: { version: 3 } })));
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Withdraw' }));
  expect(await screen.findByText(/This listing has changed in the meantime/)).toBeVisible();
  expect(asked).toHaveLength(2);
});

test('a suspended listing says so and offers no publishing', async () => {
  stored = [ownCard({ is_active: false, is_suspended: true })];
  open('/host/listings?status=inactive');
  expect(await screen.findByText(/Suspended by Staywell/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Publish' })).toBeNull();
});

test('deleting asks first, and keeping it sends nothing', async () => {
  const sent: string[] = [];
  server.use(
    http.delete(`*/api/properties/${LISTING_ID}`, ({ request }) => {
      sent.push(new URL(request.url).search);
      stored = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await userEvent.click(within(screen.getByRole('dialog', { name: 'Delete this listing for good?' })).getByRole('button', { name: 'Keep it' }));
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }));
  expect(await screen.findByText('“Shophouse by the river” is deleted.')).toBeVisible();
  expect(sent).toEqual(['?version=1']);
  expect(screen.queryByRole('article')).toBeNull();
});

test('a listing with stays ahead names their nights and leads to the bookings', async () => {
  server.use(
    http.delete(`*/api/properties/${LISTING_ID}`, () =>
      failure(409, 'STAYS_AHEAD', 'Guests are still to come.', { details: { nights: ['2026-12-04', '2026-12-05'] } }),
    ),
  );
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }));
  const nights = await screen.findByRole('list', { name: 'Booked nights' });
  expect(within(nights).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Dec 4, 2026', 'Dec 5, 2026']);
  expect(screen.getByRole('link', { name: 'Open its bookings' })).toHaveAttribute('href', `/desk?status=all&listing_id=${LISTING_ID}`);
  expect(screen.queryByRole('button', { name: 'Delete for good' })).toBeNull();
  expect(screen.getByRole('article')).toBeInTheDocument();
});

test('the next to last page is shown when the last one runs empty', async () => {
  const { router } = open('/host/listings?status=active&page=3');
  server.use(http.get('*/api/owner/listings', ({ request }) => HttpResponse.json(pageOf([], { page: Number(new URL(request.url).searchParams.get('page')) }))));
  await waitFor(() => expect(router.state.location.search).toBe('?status=active&page=1'));
});
