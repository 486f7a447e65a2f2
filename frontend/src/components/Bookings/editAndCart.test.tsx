import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { keepCart } from '../../store/cart';
import { loggedOut } from '../../store/slices/authSlice';
import { stayPutAside } from '../../store/slices/bookingSlice';
import { makeStore } from '../../store/store';
import { booking, BOOKING_ID, listing, LISTING_ID, quote } from '../../test/fixtures';
import { fill, pressDay } from '../../test/fill';
import { renderApp } from '../../test/renderApp';
import { failure, pageOf, server } from '../../test/server';
import { travelerStore } from '../../test/travelerStore';

vi.mock('../Map/SpotMap', () => ({ default: () => null }));

const item = { listing, checkIn: '2026-12-04', checkOut: '2026-12-06', guestCount: 2 };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00'), toFake: ['Date'] });
  server.use(
    http.get(`*/api/properties/${LISTING_ID}`, () => HttpResponse.json(listing)),
    http.get('*/api/properties/places', () => HttpResponse.json({ places: [] })),
    http.get('*/api/properties/:id/calendar', () => HttpResponse.json({ taken: ['2026-12-04', '2026-12-05', '2026-12-09'] })),
    http.get('*/api/properties/:id/reviews', () => HttpResponse.json(pageOf([]))),
    http.get('*/api/bookings/quote', () => HttpResponse.json(quote)),
    http.get('*/api/traveler/bookings', () => HttpResponse.json(pageOf([]))),
  );
});

async function openEditor(changes: Parameters<typeof booking>[0] = {}) {
  server.use(http.get(`*/api/bookings/${BOOKING_ID}`, () => HttpResponse.json(booking(changes))));
  renderApp(`/bookings/${BOOKING_ID}`, travelerStore());
  await userEvent.click(await screen.findByRole('button', { name: 'Change booking' }));
  return screen.findByRole('form', { name: 'Change booking' });
}

function onEdit(answer: () => Response) {
  const sent: unknown[] = [];
  server.use(
    http.put(`*/api/bookings/${BOOKING_ID}`, async ({ request }) => {
      sent.push(await request.json());
      return answer();
    }),
  );
  return sent;
}

test('a pending booking moves to other nights, its own not being in its way', async () => {
  const sent = onEdit(() => HttpResponse.json(booking({ version: 2, check_in: '2026-12-05', check_out: '2026-12-08', nights: 3 })));
  const form = await openEditor();
  expect(within(form).getByText('Save changes')).toBeDisabled();
  await waitFor(() => expect(form.querySelector('[data-day="2026-12-09"]')).toHaveAttribute('aria-disabled', 'true'));
  pressDay('2026-12-05', form);
  pressDay('2026-12-08', form);
  await userEvent.click(within(form).getByText('Save changes'));
  expect(await screen.findByText('Changed. The host is told right away.')).toBeVisible();
  expect(sent).toEqual([{ version: 1, check_in: '2026-12-05', check_out: '2026-12-08' }]);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a confirmed booking changes its guests and requests only', async () => {
  const sent = onEdit(() => HttpResponse.json(booking({ status: 'confirmed', version: 3, guest_count: 3, special_requests: 'A cot' })));
  const form = await openEditor({ status: 'confirmed', version: 2 });
  expect(within(form).queryByRole('grid')).toBeNull();
  await userEvent.click(within(form).getByRole('button', { name: 'More guests' }));
  fill(within(form).getByLabelText('Special requests (optional)'), 'A cot');
  await userEvent.click(within(form).getByRole('button', { name: 'Save changes' }));
  await waitFor(() => expect(sent).toEqual([{ version: 2, guest_count: 3, special_requests: 'A cot' }]));
});

test('nights that somebody else took are named, and the dialog stays', async () => {
  onEdit(() => failure(409, 'NIGHTS_TAKEN', 'Somebody was faster.', { details: { nights: ['2026-12-07'] } }));
  const form = await openEditor();
  pressDay('2026-12-06', form);
  pressDay('2026-12-08', form);
  await userEvent.click(within(form).getByText('Save changes'));
  const taken = await within(form).findByRole('list', { name: 'Taken nights' });
  expect(within(taken).getByRole('listitem')).toHaveTextContent('Dec 7, 2026');
});

test('a stay put aside waits in the header and on the bookings page', async () => {
  const { router, store } = renderApp(`/listings/${LISTING_ID}?check_in=2026-12-04&check_out=2026-12-06&guests=2`, travelerStore());
  await userEvent.click(await screen.findByRole('button', { name: 'Put aside' }));
  expect(store.getState().bookings.cart).toMatchObject([{ listing: { id: LISTING_ID }, checkIn: '2026-12-04', checkOut: '2026-12-06', guestCount: 2 }]);
  await userEvent.click(screen.getByRole('link', { name: 'Stays put aside: 1' }));
  expect(await screen.findByRole('link', { name: 'Continue with Shophouse by the river' })).toHaveAttribute(
    'href',
    `/listings/${LISTING_ID}?check_in=2026-12-04&check_out=2026-12-06&guests=2`,
  );
  expect(router.state.location.pathname).toBe('/bookings');
  await userEvent.click(screen.getByRole('button', { name: 'Remove Shophouse by the river' }));
  expect(screen.queryByRole('list', { name: 'Stays put aside' })).toBeNull();
});

test('stays put aside outlive a reload, but not their first day nor a log out', () => {
  const before = makeStore();
  keepCart(before);
  before.dispatch(stayPutAside({ ...item, checkIn: '2026-11-21' }));
  before.dispatch(stayPutAside(item));
  const after = makeStore();
  keepCart(after);
  expect(after.getState().bookings.cart).toEqual([item]);
  after.dispatch(loggedOut());
  expect(after.getState().bookings.cart).toEqual([]);
  expect(localStorage.getItem('staywell.cart')).toBeNull();
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
