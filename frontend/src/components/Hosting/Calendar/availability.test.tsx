import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Availability, NightChange, OwnNight } from '../../../api/wire';
import { BOOKING_ID, LISTING_ID } from '../../../test/fixtures';
import { ownerStore, ownListing } from '../../../test/hosting';
import { http } from '../../../test/http';
import { renderApp } from '../../../test/renderApp';
import { failure, feedOf, server, type Answer } from '../../../test/server';

const night = (day: string, kind: OwnNight['kind'], booking_id: string | null = null): OwnNight => ({ night: day, kind, booking_id });
let stored: OwnNight[] = [];
let asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00'), toFake: ['Date'] });
  asked = [];
  stored = [
    night('2026-12-04', 'booking', BOOKING_ID),
    night('2026-12-05', 'booking', BOOKING_ID),
    night('2026-12-08', 'block'),
    night('2026-12-10', 'external'),
    night('2026-12-12', 'hold', 'b00000000000000000000002'),
  ];
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get(`*/api/owner/listings/${LISTING_ID}`, () => HttpResponse.json(ownListing())),
    http.get(`*/api/owner/availability/${LISTING_ID}`, ({ request }) => {
      const params = new URL(request.url).searchParams;
      asked.push(params.toString());
      return HttpResponse.json({ listing_id: LISTING_ID, from: params.get('from') ?? '', to: params.get('to') ?? '', nights: stored });
    }),
  );
});

async function open() {
  renderApp(`/host/listings/${LISTING_ID}/calendar`, ownerStore());
  await loaded();
}

/** By its date: a search by name over hundreds of days takes its time in jsdom. */
function day(date: string) {
  const found = document.querySelector<HTMLElement>(`[data-day="${date}"]`);
  if (!found) throw new Error(`${date} is not shown`);
  return found;
}
const panel = () => screen.getByLabelText('Chosen nights');
const loaded = () => waitFor(() => expect(day('2026-12-04')).toHaveAccessibleName('Friday, December 4, 2026, booked'));

function onChange(answer: (body: Partial<NightChange>) => Answer<Availability>) {
  const bodies: unknown[] = [];
  server.use(
    http.put(`*/api/owner/availability/${LISTING_ID}`, async ({ request }) => {
      const body = await request.json();
      bodies.push(body);
      return answer(body);
    }),
  );
  return bodies;
}

const touched = (nights: OwnNight[]): Answer<Availability> => HttpResponse.json({ listing_id: LISTING_ID, from: '2026-12-07', to: '2026-12-10', nights });

test('twelve months are shown, each kind by its name, and the past cannot be chosen', async () => {
  await open();
  expect(document.querySelectorAll('[role=grid]')).toHaveLength(12);
  expect(asked).toEqual(['from=2026-11-22&to=2027-11-01']);
  const names = ['2026-12-08', '2026-12-10', '2026-12-12', '2026-12-13', '2026-11-21'].map((name) => day(name).getAttribute('aria-label'));
  expect(names).toEqual([
    'Tuesday, December 8, 2026, blocked by you',
    'Thursday, December 10, 2026, taken in another calendar',
    'Saturday, December 12, 2026, requested',
    'Sunday, December 13, 2026, free',
    'Saturday, November 21, 2026, past',
  ]);
  expect(day('2026-11-21')).toBeDisabled();
  await userEvent.click(screen.getByText('Second year'));
  await waitFor(() => expect(asked.at(-1)).toBe('from=2027-11-01&to=2028-11-01'));
});

test('two clicks choose nights; blocking sends them as a span and can be taken back', async () => {
  const bodies = onChange(({ block }) => touched(block?.length ? [night('2026-12-07', 'block'), night('2026-12-08', 'block'), night('2026-12-09', 'block')] : [night('2026-12-08', 'block')]));
  await open();
  fireEvent.click(day('2026-12-07'));
  expect(panel()).toHaveTextContent('Dec 7 – 8, 2026, 1 night: 1 free');
  fireEvent.click(day('2026-12-09'));
  expect(panel()).toHaveTextContent('Dec 7 – 10, 2026, 3 nights: 2 free, 1 blocked by you');
  await userEvent.click(within(panel()).getByRole('button', { name: 'Block' }));
  expect(await screen.findByText('These nights are blocked now.')).toBeVisible();
  expect(day('2026-12-07')).toHaveAccessibleName('Monday, December 7, 2026, blocked by you');
  await userEvent.click(within(panel()).getByRole('button', { name: 'Undo last change' }));
  expect(await screen.findByText('The last change is undone.')).toBeVisible();
  expect(day('2026-12-07')).toHaveAccessibleName('Monday, December 7, 2026, free');
  expect(day('2026-12-08')).toHaveAccessibleName('Tuesday, December 8, 2026, blocked by you');
  expect(bodies).toEqual([
    { block: [{ start: '2026-12-07', end: '2026-12-10' }], free: [] },
    { block: [], free: [{ start: '2026-12-07', end: '2026-12-08' }, { start: '2026-12-09', end: '2026-12-10' }] },
  ]);
});

test('the keyboard chooses and frees nights', async () => {
  const bodies = onChange(() => touched([]));
  await open();
  day('2026-12-07').focus();
  await userEvent.keyboard('{Enter}');
  expect(panel()).toHaveTextContent('Now choose the last night');
  await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
  expect(day('2026-12-09')).toHaveFocus();
  expect(panel()).not.toHaveTextContent('Now choose the last night');
  expect(day('2026-12-09')).toHaveAccessibleName('Wednesday, December 9, 2026, free, chosen');
  await userEvent.click(within(panel()).getByRole('button', { name: 'Free' }));
  expect(await screen.findByText('These nights are free now.')).toBeVisible();
  expect(bodies).toEqual([{ block: [], free: [{ start: '2026-12-07', end: '2026-12-10' }] }]);
  expect(day('2026-12-08')).toHaveAccessibleName('Tuesday, December 8, 2026, free');
});

test('the arrow keys go over into the second year and Escape drops the choice', async () => {
  await open();
  fireEvent.click(day('2026-12-07'));
  day('2027-10-31').focus();
  await userEvent.keyboard('{ArrowRight}');
  await waitFor(() => expect(day('2027-11-01')).toHaveFocus());
  expect(asked.at(-1)).toBe('from=2027-11-01&to=2028-11-01');
  await userEvent.keyboard('{Escape}');
  expect(panel()).toHaveTextContent('No night is chosen.');
});

test('a drag with the mouse chooses the nights it passes', async () => {
  await open();
  const [start, end] = [day('2026-12-14'), day('2026-12-16')];
  fireEvent.pointerDown(start, { pointerType: 'mouse', button: 0 });
  fireEvent.pointerEnter(day('2026-12-15'));
  fireEvent.pointerEnter(end);
  fireEvent.pointerUp(end);
  expect(panel()).toHaveTextContent('Dec 14 – 17, 2026, 3 nights: 3 free');
});

test('booked nights lead to their booking', async () => {
  await open();
  fireEvent.click(day('2026-12-04'));
  fireEvent.click(day('2026-12-05'));
  expect(within(panel()).getByRole('link', { name: 'Booking Dec 4 – 6, 2026' })).toHaveAttribute('href', `/bookings/${BOOKING_ID}`);
});

test('nights with bookings are refused as a whole, naming the bookings', async () => {
  const stays = [{ id: BOOKING_ID, check_in: '2026-12-04', check_out: '2026-12-06' }];
  onChange(() => failure(409, 'NIGHTS_BOOKED', 'Guests have booked some of these nights.', { details: { bookings: stays } }));
  await open();
  fireEvent.click(day('2026-12-03'));
  fireEvent.click(day('2026-12-06'));
  await userEvent.click(within(panel()).getByRole('button', { name: 'Block' }));
  const alert = await within(panel()).findByRole('alert');
  expect(alert).toHaveTextContent('Guests have booked some of these nights.');
  expect(within(alert).getByRole('link', { name: 'Booking Dec 4 – 6, 2026' })).toHaveAttribute('href', `/bookings/${BOOKING_ID}`);
  expect(day('2026-12-03')).toHaveAccessibleName('Thursday, December 3, 2026, free, chosen');
  expect(within(panel()).queryByRole('button', { name: 'Undo last change' })).toBeNull();
  await userEvent.click(within(alert).getByRole('button', { name: 'Dismiss' }));
  expect(within(panel()).queryByRole('alert')).toBeNull();
});

test('nights that cannot be loaded can be asked for again', async () => {
  server.use(http.get(`*/api/owner/availability/${LISTING_ID}`, () => failure(503, 'SERVICE_UNAVAILABLE', 'Soon.'), { once: true }));
  renderApp(`/host/listings/${LISTING_ID}/calendar`, ownerStore());
  await userEvent.click(await screen.findByText('Try again'));
  await loaded();
});
