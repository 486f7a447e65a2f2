import { useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { Booking } from '../../api/wire';
import { useAppDispatch } from '../../store/hooks';
import { editBooking, fetchBooking } from '../../store/slices/bookingThunks';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { ErrorNote } from '../Common/ErrorNote';
import { TextArea } from '../Common/TextArea';

const LONGEST_REQUEST = 1000;

export function RequestsDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const dispatch = useAppDispatch();
  const known = booking.special_requests ?? '';
  const [requests, setRequests] = useState(known);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { id, version } = booking;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const answer = await dispatch(editBooking({ id, changes: { version, special_requests: requests.trim() } }));
    setSending(false);
    if (editBooking.fulfilled.match(answer)) {
      dispatch(messageShown({ tone: 'success', text: 'Changed. The host will be notified.' }));
      return onClose();
    }
    setProblem(answer.payload ?? null);
    if (answer.payload?.code === 'STALE_VERSION') void dispatch(fetchBooking(id));
  };

  return (
    <Dialog title="Special requests" onClose={onClose}>
      <form onSubmit={submit} aria-label="Special requests" className="space-y-4">
        <TextArea label="Special requests (optional)" rows={4} maxLength={LONGEST_REQUEST} value={requests} onChange={(event) => setRequests(event.target.value)} />
        {problem && <ErrorNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={onClose}>
            Leave them as they are
          </Button>
          <Button type="submit" busy={sending} disabled={requests.trim() === known}>
            Save requests
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
