import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { booking, BOOKING_ID, LISTING_ID } from '../../test/fixtures';
import { ownCard, ownerStore } from '../../test/hosting';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { feedOf, pageOf, server } from '../../test/server';

let lists: string[] = [];
let counts: string[] = [];
let found = [booking({ allowed_actions: ['accept', 'decline', 'cancel'] })];

beforeEach(() => {
  lists = [];
  counts = [];
  found = [booking({ allowed_actions: ['accept', 'decline', 'cancel'] })];
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/owner/listings', () => HttpResponse.json(pageOf([ownCard()]))),
    http.get('*/api/owner/bookings', ({ request }) => {
      const params = new URL(request.url).searchParams;
      const counting = params.get('per_page') === '1';
      params.delete('per_page');
      (counting ? counts : lists).push(params.toString());
      return HttpResponse.json(pageOf(found, { total: 25, per_page: 10, has_next: true }));
    }),
  );
});

test('state, listing and period narrow the desk, in the address and in the counts', async () => {
  const { router } = renderApp('/desk', ownerStore());
  await screen.findByRole('article');
  await screen.findByRole('option', { name: 'Shophouse by the river' });
  await userEvent.selectOptions(screen.getByLabelText('Listing'), LISTING_ID);
  fireEvent.change(screen.getByLabelText('Stays from'), { target: { value: '2026-12-01' } });
  fireEvent.change(screen.getByLabelText('up to'), { target: { value: '2027-01-01' } });
  await userEvent.click(screen.getByRole('link', { name: /^Confirmed/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Next' }));
  const narrowed = `from=2026-12-01&to=2027-01-01&listing_id=${LISTING_ID}`;
  await waitFor(() => expect(lists.at(-1)).toBe(`status=confirmed&${narrowed}&page=2`));
  expect(new URLSearchParams(router.state.location.search).toString()).toBe(`listing_id=${LISTING_ID}&from=2026-12-01&to=2027-01-01&status=confirmed&page=2`);
  expect(counts.at(-1)).toBe(`status=completed&${narrowed}&page=1`);
  await waitFor(() => expect(screen.getByRole('list', { name: 'Bookings' })).toHaveAttribute('data-query', new URLSearchParams(router.state.location.search).toString()));
});

test('the changes that guests ask for have a tab and a count', async () => {
  renderApp('/desk', ownerStore());
  await userEvent.click(await screen.findByRole('link', { name: 'Change requests 25' }));
  await waitFor(() => expect(lists.at(-1)).toBe('changes=true&page=1'));
  expect(counts).toContain('changes=true&page=1');
  found = [];
  await userEvent.click(screen.getByRole('link', { name: /^Confirmed/ }));
  await userEvent.click(screen.getByRole('link', { name: /^Change requests/ }));
  expect(await screen.findByRole('heading', { name: 'No change request is waiting' })).toBeVisible();
});

test('filters that match nothing can be dropped', async () => {
  found = [];
  const { router, store } = renderApp(`/desk?status=confirmed&listing_id=${LISTING_ID}`, ownerStore());
  await waitFor(() => expect(lists).toHaveLength(1));
  await waitFor(() => expect(store.getState().bookings.loading).toBe(false));
  await userEvent.click(await screen.findByRole('button', { name: 'Show all listings and times' }));
  expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeVisible();
  expect(router.state.location.search).toBe('?status=confirmed');
});

test('a request is declined with a reason', async () => {
  const bodies: unknown[] = [];
  server.use(
    http.post(`*/api/owner/bookings/${BOOKING_ID}/decline`, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(booking({ status: 'declined', version: 2, allowed_actions: [] }));
    }),
  );
  renderApp('/desk', ownerStore());
  await userEvent.click(await screen.findByRole('button', { name: 'Decline' }));
  const dialog = screen.getByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText('Reason (optional)'), 'Roof repairs');
  await userEvent.click(within(dialog).getByRole('button', { name: /decline/i }));
  await waitFor(() => expect(bodies).toEqual([{ version: 1, reason: 'Roof repairs' }]));
});
