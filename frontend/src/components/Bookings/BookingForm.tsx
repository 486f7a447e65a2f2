import type { FormEvent } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { Alternative, Listing } from '../../api/wire';
import { useQuote } from '../../hooks/useQuote';
import { useReserve } from '../../hooks/useReserve';
import { formatMoney } from '../../lib/money';
import { withoutOwn } from '../../lib/stay';
import { guests } from '../../lib/text';
import { hasRole } from '../../lib/roles';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { selectUser } from '../../store/slices/authSlice';
import { selectCurrentBooking, stayChanged } from '../../store/slices/bookingSlice';
import { selectHeldAt } from '../../store/slices/checkoutSlice';
import { HeldStay } from '../Checkout/HeldStay';
import { Button } from '../Common/Button';
import { Stepper } from '../Common/Stepper';
import { Alternatives } from './Alternatives';
import { InstantBadge } from './InstantBadge';
import { PriceLines } from './PriceLines';
import { SaveForLater } from './SaveForLater';
import { QuoteDetails } from './QuoteDetails';
import { StayDates } from './StayDates';
import { StayRefusal } from './StayRefusal';
import { TakenNights } from './TakenNights';

export function BookingForm({ listing }: { listing: Listing }) {
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const location = useLocation();
  const user = useAppSelector(selectUser);
  const held = useAppSelector(selectHeldAt(listing.id));
  const { checkIn, checkOut, guestCount } = useAppSelector(selectCurrentBooking);
  const { quote, quoteLoading, quoteError } = useQuote();
  const place = location.pathname + location.search;
  const { send, sending, problem } = useReserve((hold) => navigate(`/book/${hold.id}`, { state: { place } }));
  const choose = ({ check_in, check_out }: Alternative) => dispatch(stayChanged({ checkIn: check_in, checkOut: check_out }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!checkIn || !checkOut) return;
    if (!user) return navigate('/login', { state: { from: { pathname: location.pathname, search: location.search } } });
    return send({ listing_id: listing.id, check_in: checkIn, check_out: checkOut, guest_count: guestCount, ...(quote && { quote_token: quote.quote_token }) });
  };

  const taken = quote && !quote.available ? withoutOwn(quote.taken, held, listing.prep_nights) : [];
  const ready = quote !== null && (quote.available || (held !== undefined && taken.length === 0));
  return (
    <form onSubmit={submit} aria-label="Book this place" className="card space-y-4 p-5 sm:p-6 lg:sticky lg:top-20">
      <p>
        <b className="text-2xl font-bold">{formatMoney(listing.price_per_night, listing.currency)}</b> <span className="text-muted">a night</span>
      </p>
      <InstantBadge instant={quote?.instant_book ?? listing.instant_book ?? false} />
      <StayDates checkIn={checkIn} checkOut={checkOut} />
      <Stepper label="Guests" value={guestCount} min={1} max={listing.capacity.max_guests} onChange={(count) => dispatch(stayChanged({ guestCount: count }))} describe={guests} />
      <div aria-live="polite" aria-busy={quoteLoading} className="space-y-3">
        {quoteLoading && !quote && <div className="skeleton h-28" />}
        {quote && <PriceLines lines={quote.lines} total={quote.total_price} currency={quote.currency} />}
        {quote && <QuoteDetails quote={quote} />}
      </div>
      {quote && !ready && (
        <TakenNights nights={taken}>
          {quote.alternatives.length > 0 && <Alternatives alternatives={quote.alternatives} currency={quote.currency} onChoose={choose} />}
        </TakenNights>
      )}
      {quoteError && <StayRefusal problem={quoteError} currency={listing.currency} onChoose={choose} />}
      {problem && (problem.code !== 'NIGHTS_TAKEN' || !checkOut) && <StayRefusal problem={problem} currency={listing.currency} onChoose={choose} />}
      {problem?.code === 'TOO_MANY_HOLDS' && (
        <Link to="/bookings#held" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
          See what you hold
        </Link>
      )}
      {held && <HeldStay hold={held} />}
      {user && !hasRole(user, 'traveler') ? (
        <p className="rounded-xl bg-apricot-100 p-3 text-apricot-800">
          You are a host here. To book, become a guest too in your{' '}
          <Link to="/account" className="font-semibold underline underline-offset-4">
            account settings
          </Link>
          .
        </p>
      ) : (
        <div className="space-y-2">
          <Button type="submit" busy={sending} disabled={!ready} className="w-full">
            {user ? 'Reserve' : 'Log in to reserve'}
          </Button>
          <SaveForLater listing={listing} />
        </div>
      )}
      <p className="text-center text-sm text-muted">You pay nothing yet: the nights are held for you while you check out.</p>
    </form>
  );
}
