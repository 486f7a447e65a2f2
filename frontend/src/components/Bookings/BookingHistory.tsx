import type { BookingEvent } from '../../api/wire';
import { formatInstant } from '../../lib/dates';

const outcomes: Record<BookingEvent['to_status'], string> = {
  pending: 'Requested',
  confirmed: 'Confirmed',
  declined: 'Declined',
  cancelled: 'Cancelled',
  expired: 'Expired',
  completed: 'Completed',
};
/** Those that leave the state as it is, or say more than it does. */
const actionNames: Record<string, string> = {
  update: 'Special requests changed',
  alter: 'Dates or guests changed',
  propose: 'Change requested',
  agree: 'Change agreed',
  refuse: 'Change refused',
  withdraw: 'Change withdrawn',
  lapse: 'Change expired without an answer',
  remind: 'Reminder sent',
};
const actors: Record<BookingEvent['actor'], string> = { guest: 'the guest', owner: 'the host', system: 'Staywell', staff: 'Staywell' };

function sentence({ action, actor, to_status }: BookingEvent): string {
  if (action === 'accept' && actor === 'system') return 'Confirmed at once, by instant booking';
  const name = actionNames[action];
  return actor === 'system' && name ? name : `${name ?? outcomes[to_status]} by ${actors[actor]}`;
}

const changes = ['update', 'alter', 'propose'];

/** What a person said stands in quotes; what was changed is listed, and an instant booking needs no reason. */
function Reason({ event: { action, actor, reason } }: { event: BookingEvent }) {
  if (!reason || (action === 'accept' && actor === 'system')) return null;
  return <p className="wrap-anywhere">{changes.includes(action) ? reason.replaceAll('->', '→') : `“${reason}”`}</p>;
}

export function BookingHistory({ history }: { history: BookingEvent[] }) {
  return (
    <ol aria-label="History" className="space-y-3 border-l-2 border-pine-100 pl-4">
      {history.map((event) => (
        <li key={`${event.at}${event.action}`}>
          <p className="font-medium">{sentence(event)}</p>
          <Reason event={event} />
          <time dateTime={event.at} className="text-sm text-muted">
            {formatInstant(event.at)}
          </time>
        </li>
      ))}
    </ol>
  );
}
