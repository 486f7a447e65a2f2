import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { BookingStatus } from '../api/types';
import { readPage } from '../lib/filters';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectBookings } from '../store/slices/bookingSlice';
import { fetchBookings } from '../store/slices/bookingThunks';

const statuses: BookingStatus[] = ['pending', 'confirmed', 'declined', 'cancelled', 'expired', 'completed'];

/** One page of bookings in the state that the address names; loads again when a booking changed. */
export function useBookingList(first: BookingStatus | null) {
  const dispatch = useAppDispatch();
  const [params, setParams] = useSearchParams();
  const { userBookings, pagination, loading, error, revision } = useAppSelector(selectBookings);
  const [attempt, setAttempt] = useState(0);
  const asked = params.get('status');
  const status = asked === null ? first : (statuses.find((known) => known === asked) ?? null);
  const page = readPage(params);

  useEffect(() => {
    const list = dispatch(fetchBookings({ status, page }));
    return () => list.abort();
  }, [dispatch, status, page, revision, attempt]);

  const goToPage = (next: number) => setParams({ status: status ?? 'all', page: String(next) });
  return { bookings: userBookings, pagination, loading, error, status, goToPage, reload: () => setAttempt(attempt + 1) };
}
