import { Link } from 'react-router';
import type { Booking } from '../../api/wire';
import { bookedListing } from '../../lib/bookedListing';
import { formatInstant, formatRange } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import { guests, nights, placeName } from '../../lib/text';
import { ListingImage } from '../Common/ListingImage';
import { AlterationNote } from './AlterationNote';
import { BookingActions } from './BookingActions';
import { EditBooking } from './EditBooking';
import { BookingHistory } from './BookingHistory';
import { InstantMark } from './InstantMark';
import { PriceLines } from './PriceLines';
import { StatusBadge } from './StatusBadge';

interface Props {
  booking: Booking;
  forHost: boolean;
}

export function BookingCard({ booking, forHost }: Props) {
  const listing = bookedListing(booking);
  return (
    <article aria-label={`${listing.title}, ${formatRange(booking.check_in, booking.check_out)}`} className="card overflow-hidden sm:flex">
      <div className="aspect-[5/2] shrink-0 overflow-hidden sm:aspect-auto sm:w-52">
        <ListingImage src={listing.image} seed={listing.id} />
      </div>
      <div className="min-w-0 flex-1 space-y-3 p-4 sm:p-5">
        <div className="flex flex-wrap items-start justify-between gap-2 sm:flex-nowrap">
          <div className="min-w-0">
            <h2 className="text-lg font-bold wrap-anywhere">
              <Link to={`/bookings/${booking.id}`} className="-my-2 inline-block py-2 hover:underline">
                {listing.title}
              </Link>
            </h2>
            <p className="text-muted">
              {forHost ? `${booking.guest.first_name} · ` : ''}
              {placeName(listing)}
            </p>
          </div>
          <div className="flex shrink-0 flex-wrap gap-2">
            <InstantMark booking={booking} />
            <StatusBadge status={booking.status} forHost={forHost} />
          </div>
        </div>
        <p>
          <b>{formatRange(booking.check_in, booking.check_out)}</b> · {nights(booking.nights)} · {guests(booking.guest_count)} ·{' '}
          <b>{formatMoney(booking.total_price, booking.currency)}</b>
        </p>
        {booking.special_requests && <p className="rounded-xl bg-mist p-3 wrap-anywhere">“{booking.special_requests}”</p>}
        {booking.status === 'pending' && booking.expires_at && <p className="text-sm text-muted">Open until {formatInstant(booking.expires_at)}</p>}
        <AlterationNote booking={booking} forHost={forHost} />
        <details>
          <summary className="flex min-h-11 w-fit items-center rounded-lg font-semibold text-pine-700">Price and history</summary>
          <div className="grid gap-6 pt-2 md:grid-cols-2">
            <PriceLines lines={booking.lines} total={booking.total_price} currency={booking.currency} />
            <BookingHistory history={booking.history} />
          </div>
        </details>
        <div className="flex flex-wrap gap-2">
          {!forHost && <EditBooking booking={booking} />}
          <BookingActions booking={booking} forHost={forHost} />
        </div>
      </div>
    </article>
  );
}
