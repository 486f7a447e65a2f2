import { useState } from 'react';
import type { ApiProblem } from '../api/problem';
import type { Booking } from '../api/wire';
import { doneTexts } from '../lib/actionTexts';
import { actsAsHost } from '../lib/roles';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';
import { actOnBooking, fetchBooking, type BookingAction } from '../store/slices/bookingThunks';
import { messageShown } from '../store/slices/messageSlice';
import { useAttemptKey } from './useAttemptKey';

const CHANGED = 'This booking has changed in the meantime. Check it again before you answer.';
const versioned: BookingAction[] = ['accept', 'decline', 'cancel'];

/** Acts on the booking as it was looked at. One that changed meanwhile is loaded again, and nothing happens to it. */
export function useBookingAct(booking: Booking, onDone?: () => void) {
  const dispatch = useAppDispatch();
  const attempt = useAttemptKey();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { id, version } = booking;
  const forHost = actsAsHost(useAppSelector(selectUser), booking);

  const act = async (action: BookingAction, more: { reason?: string; expected_refund?: number } = {}): Promise<ApiProblem | null> => {
    const body = { id, action, ...more, ...(versioned.includes(action) && { version }) };
    setSending(true);
    setProblem(null);
    const answer = await dispatch(actOnBooking({ ...body, forHost, key: attempt.keyFor(body) }));
    setSending(false);
    if (actOnBooking.fulfilled.match(answer)) {
      attempt.settled(null);
      dispatch(messageShown({ tone: 'success', text: doneTexts[action] }));
      onDone?.();
      return null;
    }
    const failure = answer.payload ?? null;
    attempt.settled(failure);
    const stale = failure?.code === 'STALE_VERSION';
    if (stale) void dispatch(fetchBooking(id));
    const shown = failure && stale ? { ...failure, message: CHANGED } : failure;
    setProblem(shown);
    return shown;
  };

  return { act, sending, problem };
}
