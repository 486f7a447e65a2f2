import type { BookingEvent } from '../../api/types';
import { formatInstant } from '../../lib/dates';

const outcomes: Record<BookingEvent['to_status'], string> = {
  pending: 'Requested',
  confirmed: 'Confirmed',
  declined: 'Declined',
  cancelled: 'Cancelled',
  expired: 'Expired',
  completed: 'Completed',
};
const actors: Record<BookingEvent['actor'], string> = { guest: 'the guest', owner: 'the host', system: 'Staywell', staff: 'Staywell' };

export function BookingHistory({ history }: { history: BookingEvent[] }) {
  return (
    <ol aria-label="History" className="space-y-3 border-l-2 border-pine-100 pl-4">
      {history.map((event) => (
        <li key={`${event.at}${event.to_status}`}>
          <p className="font-medium">
            {outcomes[event.to_status]} by {actors[event.actor]}
          </p>
          {event.reason && <p className="wrap-anywhere">“{event.reason}”</p>}
          <time dateTime={event.at} className="text-sm text-muted">
            {formatInstant(event.at)}
          </time>
        </li>
      ))}
    </ol>
  );
}
