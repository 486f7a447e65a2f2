import { useState, type FormEvent } from 'react';
import type { Booking } from '../../api/wire';
import { useBookingAct } from '../../hooks/useBookingAct';
import { askedTexts, type AskedAction } from '../../lib/actionTexts';
import { bookedListing } from '../../lib/bookedListing';
import { formatRange } from '../../lib/dates';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { ErrorNote } from '../Common/ErrorNote';
import { TextArea } from '../Common/TextArea';

interface Props {
  booking: Booking;
  action: AskedAction;
  onClose: () => void;
}

export const LONGEST_REASON = 500;

export function ActionDialog({ booking, action, onClose }: Props) {
  const [reason, setReason] = useState('');
  const { act, sending, problem } = useBookingAct(booking, onClose);
  const text = askedTexts[action];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act(action, { reason: reason.trim() || undefined });
  };

  return (
    <Dialog title={text.question} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <p>
          <b>{bookedListing(booking).title}</b>, {formatRange(booking.check_in, booking.check_out)}
        </p>
        <p className="text-muted">{text.consequence}</p>
        {action === 'cancel' && booking.status === 'confirmed' && <p>The guest gets a full refund.</p>}
        {action !== 'withdraw' && (
          <TextArea label="Reason (optional)" rows={3} maxLength={LONGEST_REASON} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
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
