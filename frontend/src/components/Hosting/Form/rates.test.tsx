import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { LISTING_ID } from '../../../test/fixtures';
import { ownerStore, ownListing } from '../../../test/hosting';
import { http } from '../../../test/http';
import { saved } from '../../../test/listingWrites';
import { renderApp } from '../../../test/renderApp';
import { feedOf, server } from '../../../test/server';

vi.mock('../../Map/PinMap', () => ({ default: () => null }));

let stored = ownListing();
let bodies: object[] = [];

beforeEach(() => {
  stored = ownListing();
  bodies = [];
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
    http.get(`*/api/owner/listings/${LISTING_ID}`, () => HttpResponse.json(stored)),
    http.put(`*/api/properties/${LISTING_ID}`, async ({ request }) => {
      const body = await request.json();
      bodies.push(body);
      return HttpResponse.json(saved(stored, body, 2));
    }),
  );
});

const open = () => renderApp(`/host/listings/${LISTING_ID}`, ownerStore());
const field = (name: string) => screen.findByLabelText(name);

async function type(name: string, text: string) {
  fireEvent.change(await field(name), { target: { value: text } });
}

test('rates and house rules are sent as they were chosen', async () => {
  open();
  await type('Weekend price (optional)', '150');
  await userEvent.click(screen.getByRole('button', { name: 'Add a season' }));
  await type('Name of season 1', 'Advent');
  await type('First night of season 1', '2026-12-01');
  await type('Ends on of season 1', '2026-12-24');
  await type('Price of season 1', '200');
  await type('Minimum of season 1', '3');
  await type('Weekly discount, percent', '10');
  await type('Tax per person and night', '2.5');
  await type('Maximum nights taxed (optional)', '7');
  await type('Days of notice', '1');
  await type('Nights of preparation', '2');
  await userEvent.click(within(screen.getByRole('group', { name: 'Check-in on' })).getByRole('checkbox', { name: 'Sat' }));
  await userEvent.click(within(screen.getByRole('group', { name: 'Check-in on' })).getByRole('checkbox', { name: 'Fri' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Instant booking' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Ask me before a stay is changed' }));
  await userEvent.selectOptions(await field('Cancellation policy'), 'strict');
  expect(await field('Cancellation policy')).toHaveAccessibleDescription('Full refund until 60 days before check-in, half until 14 days before.');
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  await waitFor(() => expect(bodies).toEqual([
    {
      weekend_price: 150,
      seasons: [{ name: 'Advent', start: '2026-12-01', end: '2026-12-24', price_per_night: 200, min_nights: 3, max_nights: null }],
      weekly_discount_percent: 10,
      tax_per_person_night: 2.5,
      tax_nights_cap: 7,
      lead_days: 1,
      prep_nights: 2,
      check_in_days: [4, 5],
      instant_book: true,
      alteration_consent: false,
      cancellation_policy: 'strict',
      version: 1,
    },
  ]));
});

test('seasons that overlap are not sent, and one that is removed is no longer in the way', async () => {
  const season = { name: 'Advent', start: '2026-12-01', end: '2026-12-24', price_per_night: 200, min_nights: null, max_nights: null };
  stored = ownListing({ seasons: [season] });
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Add a season' }));
  await type('Name of season 2', 'Holidays');
  await type('First night of season 2', '2026-12-20');
  await type('Ends on of season 2', '2027-01-03');
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText('“Holidays” begins before another season ends.')).toHaveFocus();
  expect(bodies).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Remove season 1' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText('All saved.')).toBeVisible();
  expect(bodies).toEqual([{ seasons: [{ ...season, name: 'Holidays', start: '2026-12-20', end: '2027-01-03', price_per_night: null }], version: 1 }]);
});
