import { useRef, useState } from 'react';
import { isUnsettled, type ApiProblem } from '../api/problem';
import type { BookingRequest } from '../api/types';
import { uuid } from '../lib/uuid';
import { useAppDispatch } from '../store/hooks';
import { stayChanged } from '../store/slices/bookingSlice';
import { requestBooking } from '../store/slices/bookingThunks';
import { fetchCalendar } from '../store/slices/detailSlice';

/** Sends a booking request. While an answer is outstanding, sending the same request again keeps its key. */
export function useBookingRequest(onBooked: (id: string) => void) {
  const dispatch = useAppDispatch();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const open = useRef<{ sent: string; key: string } | null>(null);

  const send = async (body: BookingRequest) => {
    const sent = JSON.stringify(body);
    if (open.current?.sent !== sent) open.current = { sent, key: uuid() };
    setSending(true);
    setProblem(null);
    const answer = await dispatch(requestBooking({ body, key: open.current.key }));
    setSending(false);
    if (requestBooking.fulfilled.match(answer)) {
      open.current = null;
      return onBooked(answer.payload.id);
    }
    const failure = answer.payload ?? null;
    setProblem(failure);
    if (!failure || isUnsettled(failure)) return;
    open.current = null;
    if (failure.code !== 'NIGHTS_TAKEN') return;
    dispatch(stayChanged({ checkIn: null, checkOut: null }));
    void dispatch(fetchCalendar(body.listing_id));
  };

  return { send, sending, problem };
}
