import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { UserType } from '../api/wire';
import { isDay } from '../lib/dates';
import { readPage } from '../lib/filters';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectBookings } from '../store/slices/bookingSlice';
import { selectBookingView } from '../store/slices/bookingViewSlice';
import { fetchBookings, type BookingTab } from '../store/slices/bookingThunks';
import { useAnswered } from './useAnswered';

const tabs: BookingTab[] = ['pending', 'changes', 'confirmed', 'declined', 'cancelled', 'expired', 'completed'];

export type BookingNarrowing = Partial<Record<'from' | 'to' | 'listing_id', string>>;

/** One page of bookings as the address names it; loads again when a booking changed. */
export function useBookingList(side: UserType, first: BookingTab | null) {
  const dispatch = useAppDispatch();
  const [params, setParams] = useSearchParams();
  const { userBookings, loading, error } = useAppSelector(selectBookings);
  const { pagination, revision } = useAppSelector(selectBookingView);
  const [attempt, setAttempt] = useState(0);
  const [answered, follow] = useAnswered();
  const asked = params.get('status');
  const status = asked === null ? first : (tabs.find((known) => known === asked) ?? null);
  const day = (name: 'from' | 'to') => (isDay(params.get(name)) ? params.get(name) : null);
  const from = day('from');
  const to = day('to');
  const listingId = params.get('listing_id');
  const page = readPage(params);
  const query = params.toString();

  useEffect(() => {
    const list = dispatch(fetchBookings({ side, status, page, from, to, listingId }));
    follow(query, list);
    return () => list.abort();
  }, [dispatch, side, status, page, from, to, listingId, query, revision, attempt, follow]);

  // Two quick changes must build on one another, though the address follows only with the next render.
  const latest = useRef(params);
  useEffect(() => {
    latest.current = params;
  }, [params]);
  const change = (patch: Record<string, string>) => {
    const next = new URLSearchParams({ ...Object.fromEntries(latest.current), ...patch });
    for (const [name, value] of [...next]) if (!value) next.delete(name);
    latest.current = next;
    setParams(next);
  };
  const narrow = (patch: BookingNarrowing) => change({ ...patch, page: '' });
  const goToPage = (next: number) => change({ status: status ?? 'all', page: String(next) });
  const reload = () => setAttempt(attempt + 1);
  return { bookings: userBookings, pagination, loading, answered, error, status, from, to, listingId, narrow, goToPage, reload };
}
