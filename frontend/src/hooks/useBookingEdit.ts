import { useEffect, useState } from 'react';
import type { ApiProblem } from '../api/problem';
import type { Booking, BookingChanges } from '../api/types';
import type { Stay } from '../lib/stay';
import { useAppDispatch } from '../store/hooks';
import { fetchBooking, editBooking } from '../store/slices/bookingThunks';
import { fetchCalendar } from '../store/slices/detailSlice';
import { messageShown } from '../store/slices/messageSlice';
import { fetchListing } from '../store/slices/propertySlice';

export interface BookingDraft extends Stay {
  guestCount: number;
  specialRequests: string;
}

/** Only what differs from the booking as it stands. */
function changesOf(booking: Booking, draft: BookingDraft): Omit<BookingChanges, 'version'> {
  const moved = draft.checkIn !== booking.check_in || draft.checkOut !== booking.check_out;
  const note = draft.specialRequests.trim();
  return {
    ...(draft.guestCount !== booking.guest_count && { guest_count: draft.guestCount }),
    ...(note !== (booking.special_requests ?? '') && { special_requests: note }),
    ...(moved && draft.checkIn && draft.checkOut && { check_in: draft.checkIn, check_out: draft.checkOut }),
  };
}

export function useBookingEdit(booking: Booking, onDone: () => void) {
  const dispatch = useAppDispatch();
  const [draft, setDraft] = useState<BookingDraft>({
    checkIn: booking.check_in,
    checkOut: booking.check_out,
    guestCount: booking.guest_count,
    specialRequests: booking.special_requests ?? '',
  });
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { id, listing_id: listingId } = booking;

  useEffect(() => {
    void dispatch(fetchListing(listingId));
    void dispatch(fetchCalendar(listingId));
  }, [dispatch, listingId]);

  const changes = changesOf(booking, draft);
  const change = (patch: Partial<BookingDraft>) => {
    setDraft((known) => ({ ...known, ...patch }));
    setProblem(null);
  };
  const send = async () => {
    setSending(true);
    setProblem(null);
    const answer = await dispatch(editBooking({ id, changes: { version: booking.version, ...changes } }));
    setSending(false);
    if (editBooking.fulfilled.match(answer)) {
      dispatch(messageShown({ tone: 'success', text: 'Changed. The host is told right away.' }));
      return onDone();
    }
    setProblem(answer.payload ?? null);
    if (answer.payload?.code === 'NIGHTS_TAKEN') void dispatch(fetchCalendar(listingId));
    if (answer.payload?.code === 'STALE_VERSION') void dispatch(fetchBooking(id));
  };
  const complete = draft.checkIn !== null && draft.checkOut !== null;
  return { draft, change, send, sending, problem, ready: complete && Object.keys(changes).length > 0 };
}
