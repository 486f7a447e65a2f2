import { useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import type { Hold } from '../api/wire';
import { InstantBadge } from '../components/Bookings/InstantBadge';
import { PriceLines } from '../components/Bookings/PriceLines';
import { QuoteDetails } from '../components/Bookings/QuoteDetails';
import { StayDates } from '../components/Bookings/StayDates';
import { CheckoutForm } from '../components/Checkout/CheckoutForm';
import { Countdown } from '../components/Checkout/Countdown';
import { HoldEnded } from '../components/Checkout/HoldEnded';
import { Button } from '../components/Common/Button';
import { buttonStyle } from '../components/Common/buttonStyle';
import { EmptyState } from '../components/Common/EmptyState';
import { ErrorNote } from '../components/Common/ErrorNote';
import { ListingImage } from '../components/Common/ListingImage';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { useHoldQuote } from '../hooks/useHoldQuote';
import { useSecondsLeft } from '../hooks/useSecondsLeft';
import { bookedListing } from '../lib/bookedListing';
import { holdAddress } from '../lib/filters';
import { guests, nights, placeName } from '../lib/text';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectCheckout } from '../store/slices/checkoutSlice';
import { fetchHolds, releaseHold } from '../store/slices/checkoutThunks';

function Checkout({ hold }: { hold: Hold }) {
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const seconds = useSecondsLeft(hold.expires_at);
  const quote = useHoldQuote(hold);
  const listing = bookedListing(hold);
  const place = holdAddress(hold);
  const giveBack = async () => {
    const answer = await dispatch(releaseHold(hold.id));
    if (releaseHold.fulfilled.match(answer)) await navigate(place, { replace: true });
  };

  return (
    <div className="mx-auto max-w-5xl space-y-5 px-4 py-8">
      <title>Checkout · Staywell</title>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-3xl font-bold">Checkout</h1>
        {seconds > 0 && (
          <p className="flex items-center gap-2">
            The nights are yours for <Countdown seconds={seconds} />
          </p>
        )}
      </div>
      <div className="grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_22rem]">
        {seconds > 0 ? <CheckoutForm hold={hold} quote={quote} /> : <HoldEnded hold={hold} />}
        <section aria-label="The stay" className={`card overflow-hidden ${seconds > 0 ? 'max-md:order-first' : ''}`}>
          <div className="aspect-[5/2] overflow-hidden">
            <ListingImage src={listing.image} seed={listing.id} eager />
          </div>
          <div className="space-y-4 p-5">
            <div>
              <h2 className="text-lg font-bold wrap-anywhere">{listing.title}</h2>
              <p className="text-muted">{placeName(listing)}</p>
            </div>
            <StayDates checkIn={hold.check_in} checkOut={hold.check_out} />
            <p>
              {nights(hold.nights)}, {guests(hold.guest_count)}
            </p>
            <PriceLines lines={hold.lines} total={hold.total_price} currency={hold.currency} />
            {quote && <QuoteDetails quote={quote} />}
            {quote && <InstantBadge instant={quote.instant_book} />}
            <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
              {seconds > 0 && (
                <Button tone="secondary" onClick={giveBack}>
                  Give the nights back
                </Button>
              )}
              <Link to={place} className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
                Change the stay
              </Link>
            </div>
          </div>
        </section>
      </div>
    </div>
  );
}

function OneCheckout({ id }: { id: string }) {
  const dispatch = useAppDispatch();
  const { holds, holdsLoaded, holdsError } = useAppSelector(selectCheckout);
  const { place } = (useLocation().state ?? {}) as { place?: string };
  const known = holds.find((each) => each.id === id);
  // A hold goes with its booking: the page shows it until the next one is there.
  const [kept, setKept] = useState(known);
  if (known && known !== kept) setKept(known);
  const hold = known ?? (kept?.id === id ? kept : undefined);
  if (hold) return <Checkout key={hold.id} hold={hold} />;
  if (holdsError)
    return (
      <div className="mx-auto max-w-3xl px-4 py-16">
        <ErrorNote problem={holdsError} onRetry={() => dispatch(fetchHolds())} />
      </div>
    );
  if (!holdsLoaded) return <LoadingSpinner label="Loading the checkout" />;
  return (
    <div className="mx-auto max-w-3xl px-4 py-16">
      <EmptyState title="These nights are not held for you" hint="A hold lasts a few minutes. The nights may still be free: look at the place.">
        <Link to={place ?? '/'} className={buttonStyle()}>
          {place ? 'Back to the place' : 'Find a place'}
        </Link>
      </EmptyState>
    </div>
  );
}

export function CheckoutPage() {
  const { holdId = '' } = useParams();
  return (
    <RequireAccount kind="traveler">
      <OneCheckout id={holdId} />
    </RequireAccount>
  );
}
