import { useState } from 'react';
import type { Booking } from '../../api/types';
import { useAppDispatch } from '../../store/hooks';
import { actOnBooking, type BookingAction } from '../../store/slices/bookingThunks';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';
import { ActionDialog } from './ActionDialog';
import { actionTexts } from './actionTexts';

const known: BookingAction[] = ['accept', 'decline', 'cancel'];

/** What the API allows this person to do with the booking now; a request is declined, not cancelled. What hurts asks first. */
export function BookingActions({ booking }: { booking: Booking }) {
  const dispatch = useAppDispatch();
  const [asking, setAsking] = useState<'decline' | 'cancel' | null>(null);
  const [accepting, setAccepting] = useState(false);
  const allowed = known.filter((action) => booking.allowed_actions.includes(action));
  const actions = allowed.includes('decline') ? allowed.filter((action) => action !== 'cancel') : allowed;
  if (actions.length === 0) return null;

  const accept = async () => {
    setAccepting(true);
    const answer = await dispatch(actOnBooking({ id: booking.id, action: 'accept' }));
    setAccepting(false);
    if (actOnBooking.fulfilled.match(answer)) dispatch(messageShown({ tone: 'success', text: actionTexts.accept.done }));
    else if (answer.payload) dispatch(messageShown({ tone: 'error', text: answer.payload.message, requestId: answer.payload.requestId }));
  };

  return (
    <div className="flex flex-wrap gap-2">
      {actions.map((action) =>
        action === 'accept' ? (
          <Button key={action} busy={accepting} onClick={accept}>
            Accept
          </Button>
        ) : (
          <Button key={action} tone="secondary" onClick={() => setAsking(action)}>
            {actionTexts[action].button}
          </Button>
        ),
      )}
      {asking && <ActionDialog booking={booking} action={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}
