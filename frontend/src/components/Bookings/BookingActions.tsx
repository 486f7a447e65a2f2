import { useState } from 'react';
import type { Booking } from '../../api/wire';
import { useBookingAct } from '../../hooks/useBookingAct';
import { askedTexts, buttonTexts, type AskedAction, type PromptAction } from '../../lib/actionTexts';
import { useAppDispatch } from '../../store/hooks';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';
import { ActionDialog } from './ActionDialog';
import { CancelDialog } from './CancelDialog';

const prompt: PromptAction[] = ['accept', 'agree'];
const asked: AskedAction[] = ['decline', 'refuse', 'withdraw', 'cancel'];

/** What the API allows this person to do with the booking now; a request is declined, not cancelled. What hurts asks first. */
export function BookingActions({ booking, forHost }: { booking: Booking; forHost: boolean }) {
  const dispatch = useAppDispatch();
  const [asking, setAsking] = useState<AskedAction | null>(null);
  const { act, sending } = useBookingAct(booking);
  const allows = (action: AskedAction | PromptAction) => booking.allowed_actions.includes(action);
  const now = prompt.filter(allows);
  const first = asked.filter((action) => allows(action) && !(action === 'cancel' && allows('decline')));
  if (now.length + first.length === 0) return null;

  const run = async (action: PromptAction) => {
    const refused = await act(action);
    if (refused) dispatch(messageShown({ tone: 'error', text: refused.message, requestId: refused.requestId }));
  };

  const close = () => setAsking(null);
  return (
    <div className="flex flex-wrap gap-2">
      {now.map((action) => (
        <Button key={action} busy={sending} onClick={() => run(action)}>
          {buttonTexts[action]}
        </Button>
      ))}
      {first.map((action) => (
        <Button key={action} tone="secondary" onClick={() => setAsking(action)}>
          {askedTexts[action].button}
        </Button>
      ))}
      {asking === 'cancel' && !forHost && <CancelDialog booking={booking} onClose={close} />}
      {asking && (asking !== 'cancel' || forHost) && <ActionDialog booking={booking} action={asking} onClose={close} />}
    </div>
  );
}
