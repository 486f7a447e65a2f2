import { formatCountdown, spokenCountdown } from '../../lib/countdown';
import { Icon } from '../Common/Icon';

const LAST_MINUTE = 60;

/** Seen by the second, heard by the minute. */
export function Countdown({ seconds }: { seconds: number }) {
  const last = seconds <= LAST_MINUTE;
  return (
    <span role="timer" className={`inline-flex items-center gap-1.5 rounded-full px-3 py-1 font-bold tabular-nums ${last ? 'bg-rose-600 text-white' : 'bg-apricot-100 text-apricot-800'}`}>
      <Icon name="clock" className="size-4" />
      <span aria-hidden="true">{formatCountdown(seconds)}</span>
      <span aria-live="polite" className="sr-only">
        {spokenCountdown(seconds)}
      </span>
    </span>
  );
}
