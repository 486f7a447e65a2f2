import { useEffect, useState, type FormEvent } from 'react';
import type { Booking } from '../../api/wire';
import { useBookingAct } from '../../hooks/useBookingAct';
import { askedTexts } from '../../lib/actionTexts';
import { bookedListing } from '../../lib/bookedListing';
import { formatRange } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { previewCancellation } from '../../store/slices/bookingThunks';
import { selectChangeView } from '../../store/slices/changeViewSlice';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { ErrorNote } from '../Common/ErrorNote';
import { TextArea } from '../Common/TextArea';
import { LONGEST_REASON } from './ActionDialog';
import { RefundPreview } from './RefundPreview';

/** For the guest: what comes back is shown first, and exactly that is agreed to. */
export function CancelDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const dispatch = useAppDispatch();
  const [reason, setReason] = useState('');
  const { cancellation, cancellationError } = useAppSelector(selectChangeView);
  const { act, sending, problem } = useBookingAct(booking, onClose);
  const { id, version } = booking;
  const preview = cancellation?.id === id ? cancellation : null;
  const changed = problem?.code === 'REFUND_CHANGED';

  useEffect(() => {
    const asked = dispatch(previewCancellation(id));
    return () => asked.abort();
  }, [dispatch, id, version]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!preview) return;
    const refused = await act('cancel', { reason: reason.trim() || undefined, expected_refund: preview.refund });
    if (refused?.code === 'REFUND_CHANGED') void dispatch(previewCancellation(id));
  };

  return (
    <Dialog title={askedTexts.cancel.question} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <p>
          <b>{bookedListing(booking).title}</b>, {formatRange(booking.check_in, booking.check_out)}
        </p>
        <div aria-live="polite" aria-busy={!preview} className="space-y-3">
          {changed && preview && (
            <p className="rounded-xl bg-apricot-100 p-3 font-semibold text-apricot-800">
              What you get back has changed meanwhile. It is {formatMoney(preview.refund, preview.currency)} now. Is that all right?
            </p>
          )}
          {preview && <RefundPreview preview={preview} status={booking.status} timeZone={preview.time_zone} />}
          {!preview && !cancellationError && <div role="status" aria-label="Calculating your refund" className="skeleton h-28" />}
        </div>
        {cancellationError && <ErrorNote problem={cancellationError} onRetry={() => dispatch(previewCancellation(id))} />}
        <p className="text-muted">{askedTexts.cancel.consequence}</p>
        <TextArea label="Reason (optional)" rows={3} maxLength={LONGEST_REASON} value={reason} onChange={(event) => setReason(event.target.value)} />
        {problem && !changed && <ErrorNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={onClose}>
            Keep it
          </Button>
          <Button tone="danger" type="submit" busy={sending} disabled={!preview}>
            {askedTexts.cancel.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
