import { useId, useState, type FormEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Listing } from '../../api/types';
import { useBookingRequest } from '../../hooks/useBookingRequest';
import { useQuote } from '../../hooks/useQuote';
import { formatMoney } from '../../lib/money';
import { guests } from '../../lib/text';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { selectUser } from '../../store/slices/authSlice';
import { selectCurrentBooking, stayChanged } from '../../store/slices/bookingSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Stepper } from '../Common/Stepper';
import { PriceLines } from './PriceLines';
import { PutAside } from './PutAside';
import { StayDates } from './StayDates';
import { TakenNights } from './TakenNights';

const LONGEST_REQUEST = 1000;

interface FormMemory {
  specialRequests?: string;
}

export function BookingForm({ listing }: { listing: Listing }) {
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const location = useLocation();
  const requestsId = useId();
  const user = useAppSelector(selectUser);
  const { checkIn, checkOut, guestCount } = useAppSelector(selectCurrentBooking);
  const { quote, quoteLoading, quoteError } = useQuote();
  const [specialRequests, setSpecialRequests] = useState(((location.state ?? {}) as FormMemory).specialRequests ?? '');
  const { send, sending, problem } = useBookingRequest((id) => navigate(`/bookings/${id}`, { state: { justRequested: true } }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!checkIn || !checkOut) return;
    if (!user) {
      const from = { pathname: location.pathname, search: location.search, state: { specialRequests } };
      return navigate('/login', { state: { from } });
    }
    const note = specialRequests.trim();
    return send({ listing_id: listing.id, check_in: checkIn, check_out: checkOut, guest_count: guestCount, ...(note && { special_requests: note }) });
  };

  const ready = quote?.available === true;
  return (
    <form onSubmit={submit} aria-label="Request to book" className="card space-y-4 p-5 sm:p-6 lg:sticky lg:top-20">
      <p>
        <b className="text-2xl font-bold">{formatMoney(listing.price_per_night, listing.currency)}</b> <span className="text-muted">a night</span>
      </p>
      <StayDates checkIn={checkIn} checkOut={checkOut} />
      <Stepper label="Guests" value={guestCount} min={1} max={listing.capacity.max_guests} onChange={(count) => dispatch(stayChanged({ guestCount: count }))} describe={guests} />
      <div>
        <label htmlFor={requestsId} className="mb-1 block text-sm font-semibold">
          Special requests (optional)
        </label>
        <textarea id={requestsId} rows={3} maxLength={LONGEST_REQUEST} className="input" value={specialRequests} onChange={(event) => setSpecialRequests(event.target.value)} />
      </div>
      <div aria-live="polite" aria-busy={quoteLoading}>
        {quoteLoading && !quote && <div className="skeleton h-28" />}
        {quote && <PriceLines lines={quote.lines} total={quote.total_price} currency={quote.currency} />}
      </div>
      {quote && !quote.available && <TakenNights nights={quote.taken} />}
      {quoteError && <ErrorNote problem={quoteError} />}
      {problem && problem.code !== 'NIGHTS_TAKEN' && <ErrorNote problem={problem} />}
      {problem?.code === 'NIGHTS_TAKEN' && !checkOut && <TakenNights nights={problem.nights} message={problem.message} />}
      {user?.user_type === 'owner' ? (
        <p className="rounded-xl bg-apricot-100 p-3 text-apricot-800">You are logged in as an owner. Booking needs a traveler’s account.</p>
      ) : (
        <div className="space-y-2">
          <Button type="submit" busy={sending} disabled={!ready} className="w-full">
            {user ? 'Request to book' : 'Log in to request'}
          </Button>
          <PutAside listing={listing} />
        </div>
      )}
      <p className="text-center text-sm text-muted">You pay nothing now. The host answers your request first.</p>
    </form>
  );
}
