import type { CalendarFeed } from '../../../api/wire';
import { useSubmit } from '../../../hooks/useSubmit';
import { formatRange } from '../../../lib/dates';
import { useAppDispatch } from '../../../store/hooks';
import { confirmFeed } from '../../../store/slices/calendarSlice';
import { Button } from '../../Common/Button';
import { ErrorNote } from '../../Common/ErrorNote';

/** What vanished from the other calendar at once: it stays closed until somebody is sure. */
export function HeldNights({ listingId, feed }: { listingId: string; feed: CalendarFeed }) {
  const dispatch = useAppDispatch();
  const { busy, problem, submit } = useSubmit();
  if (feed.held.length === 0) return null;
  const isEmpty = feed.held.length === feed.events;
  return (
    <div className="space-y-3 rounded-xl bg-apricot-100 p-4 text-apricot-800">
      <p className="font-semibold">{isEmpty ? 'This calendar is empty now. Its nights stay closed.' : 'Many entries vanished from this calendar at once. Their nights stay closed.'}</p>
      <ul aria-label="Vanished entries" className="flex flex-wrap gap-2">
        {feed.held.map(({ start, end, label }) => (
          <li key={`${start} ${end} ${label}`} className="rounded-full bg-surface px-3 py-1 text-sm font-medium">
            {formatRange(start, end)}
          </li>
        ))}
      </ul>
      <p>{isEmpty ? 'If they are really free, say so.' : 'If the calendar still says so in half an hour, they are freed. If you are sure, free them now.'}</p>
      {problem && <ErrorNote problem={problem} />}
      <Button tone="secondary" busy={busy} onClick={() => void submit(() => dispatch(confirmFeed({ listingId, feedId: feed.id })))}>
        Free these nights
      </Button>
    </div>
  );
}
