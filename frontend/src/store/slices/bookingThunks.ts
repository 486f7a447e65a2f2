import type { Booking, BookingRequest, BookingStatus, PageOf, Quote } from '../../api/types';
import { apiThunk } from '../apiThunk';

export const BOOKINGS_PER_PAGE = 10;

export interface BookingQuery {
  status: BookingStatus | null;
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
  async ({ status, page }, { api, state, signal }) => {
    const side = state.auth.user?.user_type ?? 'traveler';
    const params = { status: status ?? undefined, page, per_page: BOOKINGS_PER_PAGE };
    const { data } = await api.get<PageOf<Booking>>(`/${side}/bookings`, { params, signal });
    return data;
  },
);

/** How many bookings of an owner stand in each state; the lists' totals are the source. */
export const fetchCounts = apiThunk<Partial<Record<BookingStatus, number>>, BookingStatus[]>(
  'bookings/counts',
  async (statuses, { api, signal }) => {
    const entries = statuses.map(async (status) => {
      const params = { status, page: 1, per_page: 1 };
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
