import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { keepCart } from '../../store/cart';
import { loggedOut } from '../../store/slices/authSlice';
import { staySaved } from '../../store/slices/bookingSlice';
import { makeStore } from '../../store/store';
import { booking, calendar, listing, LISTING_ID, quote } from '../../test/fixtures';
import { http } from '../../test/http';
import { renderApp } from '../../test/renderApp';
import { pageOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

vi.mock('../Map/SpotMap', () => ({ default: () => null }));

const item = { listing, checkIn: '2026-12-04', checkOut: '2026-12-06', guestCount: 2 };

const cityOnly = { city: 'Singapore', state: '', country: 'Singapore', coordinates: { type: 'Point', coordinates: [103.85, 1.29] } };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00'), toFake: ['Date'] });
  server.use(
    http.get(`*/api/properties/${LISTING_ID}`, () => HttpResponse.json(listing)),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [], suggestions: [] })),
    http.get('*/api/properties/:id/calendar', () => HttpResponse.json(calendar(['2026-12-04', '2026-12-05', '2026-12-09']))),
    http.get('*/api/properties/:id/reviews', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/bookings/quote', () => HttpResponse.json(quote)),
    http.get('*/api/traveler/bookings', () => HttpResponse.json(pageOf([]))),
  );
});

test('a stay saved for later waits in the header and on the bookings page', async () => {
  const { router, store } = renderApp(`/listings/${LISTING_ID}?check_in=2026-12-04&check_out=2026-12-06&guests=2`, travelerStore());
  await userEvent.click(await screen.findByRole('button', { name: 'Save for later' }));
  expect(store.getState().bookings.cart).toMatchObject([{ listing: { id: LISTING_ID }, checkIn: '2026-12-04', checkOut: '2026-12-06', guestCount: 2 }]);
  await userEvent.click(screen.getByRole('link', { name: 'Stays saved for later: 1' }));
  expect(await screen.findByRole('link', { name: 'Continue with Shophouse by the river' })).toHaveAttribute(
    'href',
    `/listings/${LISTING_ID}?check_in=2026-12-04&check_out=2026-12-06&guests=2`,
  );
  expect(router.state.location.pathname).toBe('/bookings');
  await userEvent.click(screen.getByRole('button', { name: 'Remove Shophouse by the river' }));
  expect(screen.queryByRole('list', { name: 'Stays saved for later' })).toBeNull();
});

test('stays saved for later outlive a reload, but not their first day nor a log out', () => {
  const before = makeStore();
  keepCart(before);
  before.dispatch(staySaved({ ...item, checkIn: '2026-11-21' }));
  before.dispatch(staySaved(item));
  const after = makeStore();
  keepCart(after);
  expect(after.getState().bookings.cart).toEqual([{ ...item, listing: { ...listing, location: cityOnly } }]);
  after.dispatch(loggedOut());
  expect(after.getState().bookings.cart).toEqual([]);
  expect(localStorage.getItem('staywell.cart')).toBeNull();
});

test('what a browser kept before of where a place is exactly is forgotten', () => {
  const coordinates = { type: 'Point' as const, coordinates: [103.851234, 1.288765] as [number, number] };
  const exact = { ...listing, location: { ...listing.location, address: '5 Quiet Lane', coordinates } };
  localStorage.setItem('staywell.cart', JSON.stringify([{ ...item, listing: exact }]));
  const store = makeStore();
  keepCart(store);
  expect(store.getState().bookings.cart[0]?.listing.location).toEqual(cityOnly);
  expect(localStorage.getItem('staywell.cart')).not.toMatch(/Quiet|1\.288765|103\.851234/);
});

test('the list of bookings is narrowed to a period that stands in the address', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/traveler/bookings', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(pageOf([booking()]));
    }),
  );
  const { router } = renderApp('/bookings?status=confirmed&from=2026-12-01&to=2026-12-31', travelerStore());
  await screen.findByRole('article');
  expect(asked).toEqual(['?status=confirmed&from=2026-12-01&to=2026-12-31&page=1&per_page=10']);
  expect(screen.getByRole('link', { name: 'Cancelled' })).toHaveAttribute('href', '/bookings?status=cancelled&from=2026-12-01&to=2026-12-31');
  await userEvent.click(screen.getByRole('button', { name: 'Any time' }));
  await waitFor(() => expect(router.state.location.search).toBe('?status=confirmed'));
});
