import { useState } from 'react';
import { Link } from 'react-router';
import type { ApiProblem } from '../../api/problem';
import { formatMedium } from '../../lib/dates';
import { useAppDispatch } from '../../store/hooks';
import { deleteListing } from '../../store/slices/hostingThunks';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';
import { buttonStyle } from '../Common/buttonStyle';
import { Dialog } from '../Common/Dialog';
import { ErrorNote } from '../Common/ErrorNote';

interface Props {
  listing: { id: string; title: string; version: number };
  onClose: () => void;
  onDeleted: () => void;
}

function StaysAhead({ problem, listingId }: { problem: ApiProblem; listingId: string }) {
  return (
    <div role="alert" className="space-y-3 rounded-xl bg-apricot-100 p-4 text-apricot-800">
      <p className="font-semibold">{problem.message}</p>
      <ul aria-label="Booked nights" className="flex flex-wrap gap-2">
        {problem.nights.map((night) => (
          <li key={night} className="rounded-full bg-surface px-3 py-1 text-sm font-medium">
            <time dateTime={night}>{formatMedium(night)}</time>
          </li>
        ))}
      </ul>
      <Link to={`/desk?status=all&listing_id=${listingId}`} className={buttonStyle('secondary')}>
        Open its bookings
      </Link>
    </div>
  );
}

export function DeleteDialog({ listing, onClose, onDeleted }: Props) {
  const dispatch = useAppDispatch();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const ahead = problem?.code === 'STAYS_AHEAD';

  const remove = async () => {
    setSending(true);
    const answer = await dispatch(deleteListing({ id: listing.id, version: listing.version }));
    setSending(false);
    if (!deleteListing.fulfilled.match(answer)) return setProblem(answer.payload ?? null);
    dispatch(messageShown({ tone: 'success', text: `“${listing.title}” is deleted.` }));
    onClose();
    onDeleted();
  };

  return (
    <Dialog title="Delete this listing for good?" onClose={onClose}>
      <div className="space-y-4">
        <p className="font-semibold wrap-anywhere">{listing.title}</p>
        {!ahead && <p className="text-muted">It is removed from every list and search and cannot be restored. To pause it, withdraw it.</p>}
        {problem && (ahead ? <StaysAhead problem={problem} listingId={listing.id} /> : <ErrorNote problem={problem} />)}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={onClose}>
            Keep it
          </Button>
          {!ahead && (
            <Button tone="danger" busy={sending} onClick={remove}>
              Delete for good
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
