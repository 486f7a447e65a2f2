import { useEffect } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import { AlterationNote } from '../components/Bookings/AlterationNote';
import { ArrivalCard } from '../components/Bookings/ArrivalCard';
import { BookingActions } from '../components/Bookings/BookingActions';
import { BookingHeadline } from '../components/Bookings/BookingHeadline';
import { EditBooking } from '../components/Bookings/EditBooking';
import { BookingHistory } from '../components/Bookings/BookingHistory';
import { PaymentFacts } from '../components/Bookings/PaymentFacts';
import { PolicyFacts } from '../components/Bookings/PolicyFacts';
import { PriceLines } from '../components/Bookings/PriceLines';
import { StayDates } from '../components/Bookings/StayDates';
import { ErrorNote } from '../components/Common/ErrorNote';
import { ErrorScreen } from '../components/Common/ErrorScreen';
import { ListingImage } from '../components/Common/ListingImage';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { bookedListing } from '../lib/bookedListing';
import { guests, nights, placeName } from '../lib/text';
import { actsAsHost } from '../lib/roles';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';
import { selectBookingView } from '../store/slices/bookingViewSlice';
import { fetchBooking } from '../store/slices/bookingThunks';

function OneBooking({ id }: { id: string }) {
  const dispatch = useAppDispatch();
  const user = useAppSelector(selectUser);
  const { selectedBooking, selectedError, revision } = useAppSelector(selectBookingView);
  const { state } = useLocation();
  const justRequested = Boolean((state as { justRequested?: boolean } | null)?.justRequested);

  useEffect(() => {
    const asked = dispatch(fetchBooking(id));
    return () => asked.abort();
  }, [dispatch, id, revision]);

  const booking = selectedBooking?.id === id ? selectedBooking : null;
  if (!booking && selectedError?.status === 404) return <ErrorScreen title="Booking not found" text="It may belong to another account." />;
  if (!booking && selectedError)
    return (
      <div className="mx-auto max-w-3xl px-4 py-16">
        <ErrorNote problem={selectedError} onRetry={() => dispatch(fetchBooking(id))} />
      </div>
    );
  if (!booking) return <LoadingSpinner label="Loading the booking" />;

  const forHost = actsAsHost(user, booking);
  const listing = bookedListing(booking);
  const isOpen = booking.status === 'pending' || booking.status === 'confirmed';
  return (
    <div className="mx-auto max-w-5xl space-y-6 px-4 py-8">
      <title>{`${listing.title} · Staywell`}</title>
      <Link to={forHost ? '/desk' : '/bookings'} className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
        {forHost ? 'Back to the desk' : 'All my bookings'}
      </Link>
      <BookingHeadline booking={booking} forHost={forHost} justRequested={justRequested} />
      <div className="grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_22rem]">
        <section aria-label="The stay" className="card min-w-0 overflow-hidden">
          <div className="aspect-[2/1] overflow-hidden">
            <ListingImage src={listing.image} seed={listing.id} eager />
          </div>
          <div className="space-y-4 p-5">
            <div>
              <h2 className="text-xl font-bold wrap-anywhere">
                <Link to={`/listings/${listing.id}`} className="hover:underline">
                  {listing.title}
                </Link>
              </h2>
              <p className="text-muted">{placeName(listing)}</p>
            </div>
            <StayDates checkIn={booking.check_in} checkOut={booking.check_out} />
            <p>
              {nights(booking.nights)}, {guests(booking.guest_count)}
            </p>
            {booking.special_requests && <p className="rounded-xl bg-mist p-3 wrap-anywhere">“{booking.special_requests}”</p>}
            <AlterationNote booking={booking} forHost={forHost} />
            <div className="flex flex-wrap gap-2">
              {!forHost && <EditBooking booking={booking} />}
              <BookingActions booking={booking} forHost={forHost} />
            </div>
          </div>
        </section>
        <div className="space-y-6">
          {booking.status === 'confirmed' && <ArrivalCard booking={booking} forHost={forHost} />}
          <section aria-labelledby="price-heading" className="card p-5">
            <h2 id="price-heading" className="mb-3 text-lg font-bold">
              Price
            </h2>
            <PriceLines lines={booking.lines} total={booking.total_price} currency={booking.currency} />
            <div className="mt-4 border-t border-line pt-4">
              <PaymentFacts booking={booking} />
            </div>
          </section>
          {isOpen && <PolicyFacts policy={booking.policy} />}
          <section aria-labelledby="history-heading" className="card p-5">
            <h2 id="history-heading" className="mb-3 text-lg font-bold">
              What happened
            </h2>
            <BookingHistory history={booking.history} />
          </section>
        </div>
      </div>
    </div>
  );
}

export function BookingPage() {
  const { bookingId = '' } = useParams();
  return (
    <RequireAccount>
      <OneBooking id={bookingId} />
    </RequireAccount>
  );
}
