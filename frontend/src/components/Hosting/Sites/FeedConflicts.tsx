import { Link } from 'react-router';
import type { CalendarFeed } from '../../../api/wire';
import { formatRange } from '../../../lib/dates';

type Conflict = CalendarFeed['conflicts'][number];

function List({ conflicts, name }: { conflicts: Conflict[]; name: string }) {
  return (
    <ul aria-label={name} className="mt-2 space-y-1">
      {conflicts.map(({ start, end, booking_id, label }) => (
        <li key={`${start} ${end} ${booking_id} ${label}`} className="wrap-anywhere">
          {formatRange(start, end)}
          {label && `, there “${label}”`}:{' '}
          <Link to={`/bookings/${booking_id}`} className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4">
            the booking here
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Nights that are booked here and taken there. What another site only calls closed is mostly our own booking, which it has read from us. */
export function FeedConflicts({ feed }: { feed: CalendarFeed }) {
  const twice = feed.conflicts.filter(({ kind }) => kind === 'reserved');
  const closed = feed.conflicts.filter(({ kind }) => kind === 'closed');
  return (
    <>
      {twice.length > 0 && (
        <div className="rounded-xl bg-rose-50 p-4 text-rose-700">
          <p className="font-semibold">Booked twice. Look at both bookings and write to the guests:</p>
          <List conflicts={twice} name="Booked twice" />
        </div>
      )}
      {closed.length > 0 && (
        <details className="rounded-xl bg-mist p-4">
          <summary className="cursor-pointer font-semibold">Closed there while booked here ({closed.length})</summary>
          <p className="mt-2">This is mostly the booking here, which the other site has read from us.</p>
          <List conflicts={closed} name="Closed there" />
        </details>
      )}
    </>
  );
}
