import { isAnyOf } from '@reduxjs/toolkit';
import type {
  AlterationRequest,
  AlterationPreview,
  Booking,
  BookingChanges,
  BookingRequest,
  BookingStatus,
  CancellationPreview,
  PageOf,
  Quote,
  RequestedStay,
  UserType,
} from '../../api/wire';
import type { Day } from '../../lib/dates';
import { apiThunk } from '../apiThunk';

export const BOOKINGS_PER_PAGE = 10;

/** A state, or the bookings with a change that waits for the host. */
export type BookingTab = BookingStatus | 'changes';

export interface BookingQuery {
  status: BookingTab | null;
  /** Stays that overlap the nights from here … */
  from?: Day | null;
  /** … up to here. */
  to?: Day | null;
  listingId?: string | null;
  page: number;
}

/** Of one's own stays, or of the homes that one offers. */
export interface SidedQuery extends BookingQuery {
  side: UserType;
}

export type BookingAction = 'accept' | 'decline' | 'cancel' | 'agree' | 'refuse' | 'withdraw';

const paths = {
  accept: 'accept',
  decline: 'decline',
  cancel: 'cancel',
  agree: 'alteration/agree',
  refuse: 'alteration/refuse',
  withdraw: 'alter/withdraw',
} as const satisfies Record<BookingAction, string>;

export const fetchQuote = apiThunk<Quote, RequestedStay>(
  'bookings/quote',
  async (params, { api, signal }) => {
    const { data } = await api.get('/bookings/quote', { params, signal });
    return data;
  },
);

export const requestBooking = apiThunk<Booking, { body: BookingRequest; key: string }>(
  'bookings/request',
  async ({ body, key }, { api }) => {
    const { data } = await api.post('/bookings', body, { headers: { 'Idempotency-Key': key } });
    return data;
  },
);

export const fetchBooking = apiThunk<Booking, string>('bookings/one', async (id, { api, signal }) => {
  const { data } = await api.get(`/bookings/${id}`, { signal });
  return data;
});

const asParams = ({ status, from, to, listingId, page }: BookingQuery) => ({
  ...(status === 'changes' ? { changes: true } : { status: status ?? undefined }),
  from: from ?? undefined,
  to: to ?? undefined,
  listing_id: listingId ?? undefined,
  page,
});

export const fetchBookings = apiThunk<PageOf<Booking>, SidedQuery>(
  'bookings/list',
  async ({ side, ...query }, { api, signal }) => {
    const params = { ...asParams(query), per_page: BOOKINGS_PER_PAGE };
    const { data } = await api.get(`/${side}/bookings`, { params, signal });
    return data;
  },
);

/** How many bookings of an owner stand in each tab; the lists' totals are the source. */
export const fetchCounts = apiThunk<Partial<Record<BookingTab, number>>, { tabs: BookingTab[] } & Omit<BookingQuery, 'status' | 'page'>>(
  'bookings/counts',
  async ({ tabs, ...narrowed }, { api, signal }) => {
    const entries = tabs.map(async (status) => {
      const params = { ...asParams({ ...narrowed, status, page: 1 }), per_page: 1 };
      const { data } = await api.get('/owner/bookings', { params, signal });
      return [status, data.pagination.total] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  },
);

interface Act {
  id: string;
  action: BookingAction;
  /** The version that was looked at; another one is refused. */
  version?: number;
  reason?: string;
  expected_refund?: number;
  key?: string;
  forHost: boolean;
}

export const actOnBooking = apiThunk<Booking, Act>('bookings/act', async ({ id, action, key, reason, forHost, ...seen }, { api }) => {
  const base = forHost ? '/owner/bookings' : '/bookings';
  const headers = key ? { 'Idempotency-Key': key } : {};
  const { data } = await api.post(`${base}/${id}/${paths[action]}`, { ...seen, ...(reason && { reason }) }, { headers });
  return data;
});

export const previewCancellation = apiThunk<CancellationPreview, string>('bookings/refund', async (id, { api, signal }) => {
  const { data } = await api.get(`/bookings/${id}/cancellation`, { signal });
  return data;
});

export const previewAlteration = apiThunk<AlterationPreview, { id: string; stay: Omit<RequestedStay, 'listing_id'> }>(
  'bookings/alteration',
  async ({ id, stay }, { api, signal }) => {
    const { data } = await api.get(`/bookings/${id}/alter`, { params: stay, signal });
    return data;
  },
);

export const alterBooking = apiThunk<Booking, { id: string; body: AlterationRequest; key: string }>(
  'bookings/alter',
  async ({ id, body, key }, { api }) => {
    const { data } = await api.post(`/bookings/${id}/alter`, body, { headers: { 'Idempotency-Key': key } });
    return data;
  },
);

export const editBooking = apiThunk<Booking, { id: string; changes: BookingChanges }>('bookings/edit', async ({ id, changes }, { api }) => {
  const { data } = await api.put(`/bookings/${id}`, changes);
  return data;
});

/** A booking came back changed by something that was done here. */
export const isBookingChange = isAnyOf(actOnBooking.fulfilled, editBooking.fulfilled, alterBooking.fulfilled);
