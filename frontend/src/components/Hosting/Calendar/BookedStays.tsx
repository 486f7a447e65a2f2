import { Link } from 'react-router';
import type { BookedStay } from '../../../api/wire';
import { formatRange } from '../../../lib/dates';
import { Icon } from '../../Common/Icon';
import { IconButton } from '../../Common/IconButton';

interface Props {
  stays: BookedStay[];
  /** Why a change was refused; without it the bookings are only pointed at. */
  message?: string;
  requestId?: string | null;
  onDismiss?: () => void;
}

export function BookedStays({ stays, message, requestId, onDismiss }: Props) {
  return (
    <div role={message ? 'alert' : undefined} className={message ? 'rounded-xl bg-rose-50 py-1 pr-1 pl-4 text-rose-800' : ''}>
      {message && (
        <div className="flex items-center gap-2 font-medium">
          <Icon name="warning" />
          <p className="flex-1 py-2">{message}</p>
          {onDismiss && <IconButton icon="close" label="Dismiss" onClick={onDismiss} />}
        </div>
      )}
      {message && stays.length === 0 && requestId && <p className="pb-2 text-sm break-all">Reference: {requestId}</p>}
      {stays.length > 0 && (
        <ul aria-label={message ? 'Bookings in the way' : 'Bookings of these nights'} className="flex flex-wrap gap-x-5">
          {stays.map(({ id, check_in, check_out }) => (
            <li key={id}>
              <Link to={`/bookings/${id}`} className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
                Booking {formatRange(check_in, check_out)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
