import { useEffect, useState } from 'react';
import type { ApiProblem } from '../api/problem';
import type { AlterationRequest, AlterationPreview, Booking } from '../api/wire';
import type { Stay } from '../lib/stay';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { alterBooking, fetchBooking, previewAlteration } from '../store/slices/bookingThunks';
import { alterationForgotten, selectChangeView } from '../store/slices/changeViewSlice';
import { fetchCalendar } from '../store/slices/detailSlice';
import { messageShown } from '../store/slices/messageSlice';
import { fetchListing } from '../store/slices/propertySlice';
import { usePaidCall } from './usePaidCall';

interface StayDraft extends Stay {
  guestCount: number;
}

/** Another stay for a booking: what it would cost is asked with every change of the draft. */
export function useAlteration(booking: Booking, onDone: () => void) {
  const dispatch = useAppDispatch();
  const { id, listing_id: listingId, version } = booking;
  const [draft, setDraft] = useState<StayDraft>({ checkIn: booking.check_in, checkOut: booking.check_out, guestCount: booking.guest_count });
  const [attempt, setAttempt] = useState(0);
  const view = useAppSelector(selectChangeView);
  const { checkIn, checkOut, guestCount } = draft;
  const moved = checkIn !== booking.check_in || checkOut !== booking.check_out || guestCount !== booking.guest_count;
  const fits = (found: AlterationPreview) => found.check_in === checkIn && found.check_out === checkOut && found.guest_count === guestCount;
  const preview = moved && view.alteration?.id === id && fits(view.alteration) ? view.alteration : null;

  useEffect(() => {
    void dispatch(fetchListing(listingId));
    void dispatch(fetchCalendar(listingId));
  }, [dispatch, listingId]);

  useEffect(() => {
    dispatch(alterationForgotten());
    if (!moved || !checkIn || !checkOut) return;
    const asked = dispatch(previewAlteration({ id, stay: { check_in: checkIn, check_out: checkOut, guest_count: guestCount } }));
    return () => asked.abort();
  }, [dispatch, id, moved, checkIn, checkOut, guestCount, attempt]);

  const call = (body: AlterationRequest, key: string) => dispatch(alterBooking({ id, body, key })).unwrap();
  const paid = usePaidCall<AlterationRequest, Booking>(call, {
    onDone: (after) => {
      dispatch(messageShown({ tone: 'success', text: after.alteration ? 'The host has been asked. The new nights are held meanwhile.' : 'Changed. The host will be notified.' }));
      onDone();
    },
    onRefused: ({ code }: ApiProblem) => {
      if (code === 'NIGHTS_TAKEN') void dispatch(fetchCalendar(listingId));
      if (code === 'NIGHTS_TAKEN' || code === 'EXPECTED_TOTAL_CHANGED') setAttempt((known) => known + 1);
      if (code === 'STALE_VERSION') void dispatch(fetchBooking(id));
    },
  });

  const send = (method: string) => {
    if (!preview || !checkIn || !checkOut) return;
    const body = { check_in: checkIn, check_out: checkOut, guest_count: guestCount, version, expected_total: preview.total_price };
    void paid.send({ ...body, ...(preview.difference > 0 && { payment_method: method }) });
  };

  const change = (patch: Partial<StayDraft>) => setDraft((known) => ({ ...known, ...patch }));
  return { ...paid, draft, change, preview, previewError: moved ? view.alterationError : null, loading: view.alterationLoading, send };
}
