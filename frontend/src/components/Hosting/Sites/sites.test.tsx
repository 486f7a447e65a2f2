import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { CalendarFeed, ListingCalendars } from '../../../api/wire';
import { BOOKING_ID, LISTING_ID } from '../../../test/fixtures';
import { ownerStore, ownListing } from '../../../test/hosting';
import { http } from '../../../test/http';
import { renderApp } from '../../../test/renderApp';
import { failure, feedOf, server } from '../../../test/server';

const FEED_ID = 'f00000000000000000000001';
const BASE = `*/api/owner/listings/${LISTING_ID}/calendars` as const;
const feed = (changes: Partial<CalendarFeed> = {}): CalendarFeed => ({
  id: FEED_ID,
  name: 'Airbnb',
  site: 'www.airbnb.com',
  state: 'read',
  is_stale: false,
  fetched_at: new Date().toISOString(),
  succeeded_at: new Date().toISOString(),
  next_at: new Date().toISOString(),
  events: 2,
  nights: 5,
  added: 1,
  moved: 0,
  removed: 0,
  held: [],
  problems: [],
  conflicts: [],
  ...changes,
});
let page: ListingCalendars;

beforeEach(() => {
  page = { listing_id: LISTING_ID, export: null, feeds: [feed()] };
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get(`*/api/owner/listings/${LISTING_ID}`, () => HttpResponse.json(ownListing())),
    http.get(BASE, () => HttpResponse.json(page)),
  );
});

async function open() {
  renderApp(`/host/listings/${LISTING_ID}/sites`, ownerStore());
  await screen.findByText('From other sites to here');
}
const card = () => screen.getByRole('article', { name: 'Airbnb' });

test('a calendar says how it is, and what could not be read', async () => {
  page.feeds = [feed({ state: 'failed', problems: [{ line: 0, text: 'www.airbnb.com answered 404 Not Found.' }] })];
  await open();
  expect(within(card()).getByRole('status')).toHaveTextContent('Cannot be read. Read just now for the last time.');
  expect(within(card()).getByRole('list', { name: 'Problems' })).toHaveTextContent('www.airbnb.com answered 404 Not Found.');
  expect(card()).toHaveTextContent('2 entries ahead, 5 nights closed here. At the last reading: 1 new.');
});

test('one that is added is read at once, and its name and address are sent', async () => {
  page.feeds = [];
  const sent: unknown[] = [];
  server.use(
    http.post(`${BASE}/feeds`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(feed({ state: 'new', succeeded_at: null }), { status: 201 });
    }),
    http.post(`${BASE}/feeds/${FEED_ID}/fetch`, () => HttpResponse.json(feed({ events: 7 }))),
  );
  await open();
  const form = screen.getByRole('form', { name: 'Add a calendar' });
  await userEvent.type(within(form).getByLabelText('Name'), 'Airbnb');
  await userEvent.type(within(form).getByLabelText('Address of the calendar'), 'https://www.airbnb.com/1.ics');
  await userEvent.click(within(form).getByText('Add and read it'));
  await waitFor(() => expect(card()).toHaveTextContent('7 entries ahead'));
  expect(sent).toEqual([{ name: 'Airbnb', url: 'https://www.airbnb.com/1.ics' }]);
  expect(within(form).getByLabelText('Name')).toHaveValue('');
});

test('an address that is refused says why, and is kept', async () => {
  page.feeds = [];
  server.use(
    http.post(`${BASE}/feeds`, () =>
      failure(400, 'VALIDATION_ERROR', 'url: The address leads into a private network.', { fields: { url: ['The address leads into a private network.'] } }),
    ),
  );
  await open();
  await userEvent.type(screen.getByLabelText('Name'), 'Inside');
  await userEvent.type(screen.getByLabelText('Address of the calendar'), 'http://10.0.0.1/a.ics');
  await userEvent.click(screen.getByText('Add and read it'));
  expect(await screen.findByText('The address leads into a private network.')).toBeInTheDocument();
  expect(screen.getByLabelText('Name')).toHaveValue('Inside');
  expect(screen.queryByRole('article')).not.toBeInTheDocument();
});

test('what vanished stays closed until the host frees it', async () => {
  page.feeds = [feed({ state: 'held', events: 1, held: [{ start: '2027-01-04', end: '2027-01-08', label: 'Reserved' }] })];
  server.use(http.post(`${BASE}/feeds/${FEED_ID}/confirm`, () => HttpResponse.json(feed({ events: 0, nights: 0, removed: 1 }))));
  await open();
  expect(card()).toHaveTextContent('This calendar is empty now. Its nights stay closed.');
  await userEvent.click(screen.getByText('Free these nights'));
  await waitFor(() => expect(card()).toHaveTextContent('0 entries ahead, 0 nights closed here. At the last reading: 1 new, 1 gone.'));
  expect(screen.queryByText('Free these nights')).not.toBeInTheDocument();
});

test('a night that is booked twice leads to the booking; what is only closed there stands apart', async () => {
  const both = { start: '2027-01-04', end: '2027-01-06', booking_id: BOOKING_ID };
  page.feeds = [feed({ conflicts: [{ ...both, kind: 'reserved', label: 'Reserved' }, { ...both, kind: 'closed', label: 'Not available' }] })];
  await open();
  const twice = screen.getByRole('list', { name: 'Booked twice' });
  expect(within(twice).getByRole('link')).toHaveAttribute('href', `/bookings/${BOOKING_ID}`);
  expect(twice).toHaveTextContent('there “Reserved”');
  expect(screen.getByText('Closed there while booked here (1)')).toBeInTheDocument();
});

test('removing asks first and says what follows', async () => {
  server.use(http.delete(`${BASE}/feeds/${FEED_ID}`, () => new HttpResponse(null, { status: 204 })));
  await open();
  await userEvent.click(within(card()).getByText('Remove'));
  expect(screen.getByRole('dialog')).toHaveTextContent('The 5 nights that it closes can be booked here at once');
  await userEvent.click(screen.getByText('Remove it'));
  await waitFor(() => expect(screen.queryByRole('article')).not.toBeInTheDocument());
});

test('an address is made, copied, and made anew after a question', async () => {
  const user = userEvent.setup();
  let made = 0;
  server.use(
    http.post(`${BASE}/address`, () => {
      made += 1;
      return HttpResponse.json({ ...page, export: { address: `https://staywell.example/${made}.ics`, created_at: '2026-11-22T08:00:00Z' } });
    }),
  );
  await open();
  await user.click(screen.getByText('Make an address'));
  expect(await screen.findByLabelText('Address for other sites')).toHaveValue('https://staywell.example/1.ics');
  await user.click(screen.getByText('Copy'));
  expect(await navigator.clipboard.readText()).toBe('https://staywell.example/1.ics');
  await user.click(screen.getByText('Make a new one'));
  const dialog = screen.getByRole('dialog');
  expect(dialog).toHaveTextContent('can no longer read it');
  await user.click(within(dialog).getByText('Make a new one'));
  await waitFor(() => expect(screen.getByLabelText('Address for other sites')).toHaveValue('https://staywell.example/2.ics'));
});
