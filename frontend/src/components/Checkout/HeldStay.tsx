import { Link } from 'react-router';
import type { Hold } from '../../api/wire';
import { useSecondsLeft } from '../../hooks/useSecondsLeft';
import { bookedListing } from '../../lib/bookedListing';
import { formatRange } from '../../lib/dates';
import { holdAddress } from '../../lib/filters';
import { useAppDispatch } from '../../store/hooks';
import { releaseHold } from '../../store/slices/checkoutThunks';
import { Button } from '../Common/Button';
import { buttonStyle } from '../Common/buttonStyle';
import { Countdown } from './Countdown';

/** One hold, as long as it runs: go on to pay, or let the nights go. */
export function HeldStay({ hold, named = false }: { hold: Hold; named?: boolean }) {
  const dispatch = useAppDispatch();
  const { title } = bookedListing(hold);
  const seconds = useSecondsLeft(hold.expires_at);
  if (seconds === 0) return null;
  return (
    <div role="group" aria-label={`Held for you: ${title}`} className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-apricot-500 bg-surface p-3">
      <p className="min-w-0 flex-1 basis-44">
        {named && <b className="block truncate">{title}</b>}
        <span className="mr-2">You hold {formatRange(hold.check_in, hold.check_out)}</span>
        <Countdown seconds={seconds} />
      </p>
      <div className="flex gap-2">
        <Button tone="quiet" onClick={() => dispatch(releaseHold(hold.id))}>
          Release
        </Button>
        <Link to={`/book/${hold.id}`} state={{ place: holdAddress(hold) }} className={buttonStyle('secondary')}>
          Continue
        </Link>
      </div>
    </div>
  );
}
