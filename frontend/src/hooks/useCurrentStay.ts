import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import type { Listing } from '../api/wire';
import { readFilters, writeFilters } from '../lib/filters';
import { todayIn } from '../lib/dates';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectCurrentBooking, stayOpened } from '../store/slices/bookingSlice';

/** Opens the stay that the address asks for, then keeps the address in step, so that reload and login come back to it. */
export function useCurrentStay(listing: Listing | null) {
  const dispatch = useAppDispatch();
  const [params, setParams] = useSearchParams();
  const { listing: opened, checkIn, checkOut, guestCount } = useAppSelector(selectCurrentBooking);
  const firstParams = useRef(params);
  const openedFor = useRef<string | null>(null);

  useEffect(() => {
    if (!listing || openedFor.current === listing.id) return;
    openedFor.current = listing.id;
    const asked = readFilters(firstParams.current);
    const past = asked.checkIn !== null && asked.checkIn < todayIn(listing.time_zone);
    dispatch(
      stayOpened({
        listing,
        checkIn: past ? null : asked.checkIn,
        checkOut: past ? null : asked.checkOut,
        guestCount: Math.min(asked.maxGuests ?? 1, listing.capacity.max_guests),
      }),
    );
  }, [dispatch, listing]);

  useEffect(() => {
    if (!listing || opened?.id !== listing.id) return;
    const stay = { ...readFilters(new URLSearchParams()), checkIn: checkOut && checkIn, checkOut, maxGuests: guestCount };
    const wanted = writeFilters(stay);
    setParams((known) => (known.toString() === wanted.toString() ? known : wanted), { replace: true, preventScrollReset: true });
  }, [listing, opened, checkIn, checkOut, guestCount, setParams]);
}
