import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { LISTING_ID } from '../../../test/fixtures';
import { figures, ownCard, ownerStore, report } from '../../../test/hosting';
import { http } from '../../../test/http';
import { renderApp } from '../../../test/renderApp';
import { failure, feedOf, pageOf, server } from '../../../test/server';

vi.mock('./BarFigure', () => ({ default: () => null }));

const bookings = { pending: 1, confirmed: 2, declined: 1, cancelled: 0, expired: 0, completed: 3 };
const full = report({
  currencies: ['SGD', 'USD'],
  totals: figures({ revenue: 1234.5, nights_sold: 10, nights_available: 61, occupancy: 0.1639, average_daily_rate: 123.45, bookings }),
  months: [
    { month: '2026-11', ...figures({ revenue: 234.5, occupancy: 0.0667 }) },
    { month: '2026-12', ...figures({ revenue: 1000, occupancy: 0.258 }) },
  ],
  listings: [
    { listing_id: 'f'.repeat(24), title: 'Second', ...figures({ revenue: 34.5 }) },
    { listing_id: LISTING_ID, title: 'First', ...figures({ revenue: 1200 }) },
  ],
});
let asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00'), toFake: ['Date'] });
  asked = [];
  server.use(
    http.get('*/api/notifications', () => HttpResponse.json(feedOf([]))),
    http.get('*/api/owner/listings', () => HttpResponse.json(pageOf([ownCard()]))),
    http.get('*/api/owner/analytics', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(full);
    }),
  );
});

const open = (address = '/host/analytics') => renderApp(address, ownerStore());
const rowsOf = (name: string) =>
  within(screen.getByRole('table', { name, hidden: true }))
    .getAllByRole('row', { hidden: true })
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent));

test('totals and every chart say their figures, and as of when', async () => {
  open();
  const totals = await screen.findByLabelText('Totals');
  expect([...totals.querySelectorAll('dd:nth-of-type(1)')].map((value) => value.textContent?.replace(/\s/g, ' '))).toEqual(['SGD 1,234.50', '16 %', 'SGD 123.45', '7']);
  expect(totals).toHaveTextContent('10 of 61 nights sold');
  expect(totals).toHaveTextContent('5 of them confirmed or completed');
  expect(screen.getByText(/^As of/)).toBeVisible();
  const money = (rows: (string | null)[][]) => rows.map(([label, value]) => [label, value?.replace(/\s/g, ' ')]);
  expect(money(rowsOf('Revenue by month'))).toEqual([['Nov 26', 'SGD 234.50'], ['Dec 26', 'SGD 1,000']]);
  expect(rowsOf('Occupancy by month')).toEqual([['Nov 26', '6.7 %'], ['Dec 26', '26 %']]);
  expect(rowsOf('Bookings by state')).toEqual([['Waiting for you', '1'], ['Confirmed', '2'], ['Completed', '3'], ['Declined', '1'], ['Cancelled', '0'], ['Expired', '0']]);
  expect(money(rowsOf('Revenue by listing'))).toEqual([['First', 'SGD 1,200'], ['Second', 'SGD 34.50']]);
  expect(asked).toEqual(['?from=2026-05&to=2027-04']);
});

test('what is chosen stands in the address and is asked for', async () => {
  const { router } = open('/host/analytics?from=2026-01&to=2026-03');
  await userEvent.selectOptions(await screen.findByLabelText('Currency'), 'USD');
  await screen.findByRole('option', { name: 'Shophouse by the river' });
  await userEvent.selectOptions(screen.getByLabelText('Listing'), LISTING_ID);
  await userEvent.selectOptions(screen.getByLabelText('From'), '2026-05');
  await waitFor(() => expect(asked.at(-1)).toBe(`?from=2026-05&to=2026-05&listing_id=${LISTING_ID}&currency=USD`));
  expect(router.state.location.search).toBe(`?from=2026-05&to=2026-05&listing_id=${LISTING_ID}&currency=USD`);
});

test('without a listing there are no figures, but a way to begin', async () => {
  server.use(http.get('*/api/owner/analytics', () => HttpResponse.json(report({ as_of: null, currencies: [] }))));
  open();
  expect(await screen.findByRole('heading', { name: 'No figures yet' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'New listing' })).toHaveAttribute('href', '/host/listings/new');
  expect(screen.queryByText(/^As of/)).toBeNull();
});

test('figures that cannot be loaded can be asked for again', async () => {
  server.use(http.get('*/api/owner/analytics', () => failure(503, 'SERVICE_UNAVAILABLE', 'Soon.'), { once: true }));
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Revenue by month' })).toBeVisible();
});
