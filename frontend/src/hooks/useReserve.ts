import { useState } from 'react';
import { isOtherPrice, type ApiProblem } from '../api/problem';
import type { Hold, RequestedStay } from '../api/wire';
import { useAppDispatch } from '../store/hooks';
import { stayChanged } from '../store/slices/bookingSlice';
import { fetchQuote } from '../store/slices/bookingThunks';
import { fetchHolds, placeHold } from '../store/slices/checkoutThunks';
import { fetchCalendar } from '../store/slices/detailSlice';
import { useAttemptKey } from './useAttemptKey';


/** Holds the nights of a stay for the minutes that paying takes. */
export function useReserve(onHeld: (hold: Hold) => void) {
  const dispatch = useAppDispatch();
  const attempt = useAttemptKey();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const send = async (body: RequestedStay & { quote_token?: string }) => {
    setSending(true);
    setProblem(null);
    const answer = await dispatch(placeHold({ body, key: attempt.keyFor(body) }));
    setSending(false);
    if (placeHold.fulfilled.match(answer)) {
      attempt.settled(null);
      return onHeld(answer.payload.hold);
    }
    const failure = answer.payload ?? null;
    setProblem(failure);
    attempt.settled(failure);
    if (failure?.code === 'TOO_MANY_HOLDS') void dispatch(fetchHolds());
    if (failure && isOtherPrice(failure)) {
      const { listing_id, check_in, check_out, guest_count } = body;
      void dispatch(fetchQuote({ listing_id, check_in, check_out, guest_count }));
    }
    if (failure?.code !== 'NIGHTS_TAKEN') return;
    dispatch(stayChanged({ checkIn: null, checkOut: null }));
    void dispatch(fetchCalendar(body.listing_id));
  };

  return { send, sending, problem };
}
