import { useEffect, useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Hold } from '../../api/wire';
import { useReserve } from '../../hooks/useReserve';
import { holdAddress, stayAddress } from '../../lib/filters';
import { StayRefusal } from '../Bookings/StayRefusal';
import { Button } from '../Common/Button';
import { buttonStyle } from '../Common/buttonStyle';

/** The time ran out: the stay is asked for again, at the price of now. */
export function HoldEnded({ hold }: { hold: Hold }) {
  const navigate = useNavigate();
  const { listing_id, check_in, check_out, guest_count } = hold;
  const place = holdAddress(hold);
  const heading = useRef<HTMLHeadingElement>(null);
  // The form that had the focus is gone.
  useEffect(() => heading.current?.focus(), []);
  const { send, sending, problem } = useReserve((next) => navigate(`/book/${next.id}`, { replace: true, state: { place } }));
  return (
    <section aria-labelledby="ended-heading" className="card space-y-4 border-apricot-500 p-5">
      <div role="alert">
        <h2 ref={heading} id="ended-heading" tabIndex={-1} className="text-lg font-bold outline-none">
          The time is over
        </h2>
        <p className="text-muted">The nights are no longer held for you, and nothing was charged. They may still be free.</p>
      </div>
      {problem && (
        <StayRefusal problem={problem} currency={hold.currency} onChoose={(stay) => navigate(stayAddress(listing_id, stay.check_in, stay.check_out, guest_count))} />
      )}
      <div className="flex flex-wrap gap-2">
        <Button busy={sending} onClick={() => send({ listing_id, check_in, check_out, guest_count })}>
          Hold them again
        </Button>
        <Link to={place} className={buttonStyle('secondary')}>
          Back to the place
        </Link>
      </div>
    </section>
  );
}
