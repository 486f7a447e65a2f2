import { useId, useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { Booking } from '../../api/types';
import { formatRange } from '../../lib/dates';
import { useAppDispatch } from '../../store/hooks';
import { actOnBooking } from '../../store/slices/bookingThunks';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { ErrorNote } from '../Common/ErrorNote';
import { actionTexts } from './actionTexts';

interface Props {
  booking: Booking;
  action: 'decline' | 'cancel';
  onClose: () => void;
}

const LONGEST_REASON = 500;

export function ActionDialog({ booking, action, onClose }: Props) {
  const dispatch = useAppDispatch();
  const reasonId = useId();
  const [reason, setReason] = useState('');
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const text = actionTexts[action];

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const answer = await dispatch(actOnBooking({ id: booking.id, action, reason: reason.trim() }));
    setSending(false);
    if (!actOnBooking.fulfilled.match(answer)) return setProblem(answer.payload ?? null);
    dispatch(messageShown({ tone: 'success', text: text.done }));
    onClose();
  };

  return (
    <Dialog title={text.question} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <p>
          <b>{booking.listing.title}</b>, {formatRange(booking.check_in, booking.check_out)}
        </p>
        <p className="text-muted">{text.consequence}</p>
        <div>
          <label htmlFor={reasonId} className="mb-1 block text-sm font-semibold">
            Reason (optional)
          </label>
          <textarea id={reasonId} rows={3} maxLength={LONGEST_REASON} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />
        </div>
        {problem && <ErrorNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={onClose}>
            Keep it
          </Button>
          <Button tone="danger" type="submit" busy={sending}>
            {text.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
