import { isAnyOf } from '@reduxjs/toolkit';
import type { Booking, BookingChanges, BookingRequest, BookingStatus, PageOf, Quote } from '../../api/types';
import type { Day } from '../../lib/dates';
import { apiThunk } from '../apiThunk';

export const BOOKINGS_PER_PAGE = 10;

export interface BookingQuery {
  status: BookingStatus | null;
  /** Stays that overlap the nights from here … */
  from?: Day | null;
  /** … up to here. */
  to?: Day | null;
  listingId?: string | null;
  page: number;
}

export type BookingAction = 'accept' | 'decline' | 'cancel';

export const fetchQuote = apiThunk<Quote, Omit<BookingRequest, 'special_requests'>>(
  'bookings/quote',
  async (params, { api, signal }) => {
    const { data } = await api.get<Quote>('/bookings/quote', { params, signal });
    return data;
  },
);

export const requestBooking = apiThunk<Booking, { body: BookingRequest; key: string }>(
  'bookings/request',
  async ({ body, key }, { api }) => {
    const { data } = await api.post<Booking>('/bookings', body, { headers: { 'Idempotency-Key': key } });
    return data;
  },
);

export const fetchBooking = apiThunk<Booking, string>('bookings/one', async (id, { api, signal }) => {
  const { data } = await api.get<Booking>(`/bookings/${id}`, { signal });
  return data;
});

export const fetchBookings = apiThunk<PageOf<Booking>, BookingQuery>(
  'bookings/list',
  async ({ status, page, from, to, listingId }, { api, state, signal }) => {
    const side = state.auth.user?.user_type ?? 'traveler';
    const params = {
      status: status ?? undefined,
      from: from ?? undefined,
      to: to ?? undefined,
      listing_id: listingId ?? undefined,
      page,
      per_page: BOOKINGS_PER_PAGE,
    };
    const { data } = await api.get<PageOf<Booking>>(`/${side}/bookings`, { params, signal });
    return data;
  },
);

/** How many bookings of an owner stand in each state; the lists' totals are the source. */
export const fetchCounts = apiThunk<Partial<Record<BookingStatus, number>>, { statuses: BookingStatus[] } & Omit<BookingQuery, 'status' | 'page'>>(
  'bookings/counts',
  async ({ statuses, from, to, listingId }, { api, signal }) => {
    const entries = statuses.map(async (status) => {
      const params = { status, from: from ?? undefined, to: to ?? undefined, listing_id: listingId ?? undefined, page: 1, per_page: 1 };
      const { data } = await api.get<PageOf<Booking>>('/owner/bookings', { params, signal });
      return [status, data.pagination.total] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  },
);

export const actOnBooking = apiThunk<Booking, { id: string; action: BookingAction; reason?: string }>(
  'bookings/act',
  async ({ id, action, reason }, { api, state }) => {
    const base = state.auth.user?.user_type === 'owner' ? '/owner/bookings' : '/bookings';
    const { data } = await api.post<Booking>(`${base}/${id}/${action}`, reason ? { reason } : {});
    return data;
  },
);

export const editBooking = apiThunk<Booking, { id: string; changes: BookingChanges }>('bookings/edit', async ({ id, changes }, { api }) => {
  const { data } = await api.put<Booking>(`/bookings/${id}`, changes);
  return data;
});

/** A booking came back changed by something that was done here. */
export const isBookingChange = isAnyOf(actOnBooking.fulfilled, editBooking.fulfilled);
