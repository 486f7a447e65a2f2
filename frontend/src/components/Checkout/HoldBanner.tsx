import { Link, useLocation } from 'react-router';
import type { Hold } from '../../api/wire';
import { useHoldFeed } from '../../hooks/useHoldFeed';
import { useSecondsLeft } from '../../hooks/useSecondsLeft';
import { bookedListing } from '../../lib/bookedListing';
import { holdAddress } from '../../lib/filters';
import { useAppSelector } from '../../store/hooks';
import { selectHolds } from '../../store/slices/checkoutSlice';
import { Countdown } from './Countdown';

function Running({ hold }: { hold: Hold }) {
  const seconds = useSecondsLeft(hold.expires_at);
  if (seconds === 0) return null;
  return (
    <aside aria-label="A stay is held for you" className="border-b border-line bg-apricot-100 text-apricot-800">
      <p className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 sm:px-6">
        <span className="min-w-0 truncate">
          You hold <b>{bookedListing(hold).title}</b>
        </span>
        <Countdown seconds={seconds} />
        <Link to={`/book/${hold.id}`} state={{ place: holdAddress(hold) }} className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4">
          Go on to pay
        </Link>
      </p>
    </aside>
  );
}

/** Wherever a traveler goes with a stay on hold, except where it is shown anyway. */
export function HoldBanner() {
  useHoldFeed();
  const { pathname } = useLocation();
  const hold = useAppSelector(selectHolds)[0];
  const shown = hold && (pathname.startsWith('/book/') || pathname === '/bookings' || pathname === `/listings/${hold.listing_id}`);
  return hold && !shown ? <Running hold={hold} /> : null;
}
