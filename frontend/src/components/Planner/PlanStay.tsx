import { Link } from 'react-router';
import type { OfferedStay } from '../../api/wire';
import { formatRange } from '../../lib/dates';
import { stayAddress } from '../../lib/filters';
import { formatMoney } from '../../lib/money';
import { guests, nights } from '../../lib/text';
import { PriceLines } from '../Bookings/PriceLines';
import { buttonStyle } from '../Common/buttonStyle';
import { ListingImage } from '../Common/ListingImage';
import { Rating } from '../Common/Rating';

const addressOf = (stay: OfferedStay) => stayAddress(stay.listing.id, stay.check_in, stay.check_out, stay.guest_count);

/** Leads to the listing with exactly these dates and guests chosen. */
export function PlanStay({ stay }: { stay: OfferedStay }) {
  const { listing } = stay;
  return (
    <section aria-labelledby="stay-heading" className="card overflow-hidden">
      <div className="aspect-[5/3] overflow-hidden">
        <ListingImage src={listing.image} seed={listing.id} eager />
      </div>
      <div className="space-y-3 p-5">
        <div>
          <p className="flex items-center justify-between gap-2 text-sm text-muted">
            Your stay <Rating rating={listing.rating} />
          </p>
          <h2 id="stay-heading" className="text-lg font-bold wrap-anywhere">
            {listing.title}
          </h2>
          <p className="text-muted">
            {formatRange(stay.check_in, stay.check_out)} · {nights(stay.nights)} · {guests(stay.guest_count)}
          </p>
        </div>
        <PriceLines lines={stay.lines} total={stay.total_price} currency={stay.currency} />
        <Link to={stay.booking_id ? `/bookings/${stay.booking_id}` : addressOf(stay)} className={`${buttonStyle()} w-full`}>
          {stay.booking_id ? 'See your booking' : 'Book this stay'}
        </Link>
      </div>
    </section>
  );
}

export function OtherStays({ stays }: { stays: OfferedStay[] }) {
  if (stays.length === 0) return null;
  return (
    <section aria-labelledby="others-heading" className="space-y-3">
      <h2 id="others-heading" className="text-lg font-bold">
        Or one of these
      </h2>
      <ul aria-label="Other stays" className="space-y-3">
        {stays.map((stay) => (
          <li key={stay.listing.id} className="card relative flex items-center gap-3 p-3 focus-within:ring-3 focus-within:ring-pine-600 hover:shadow-pop">
            <div className="aspect-square w-16 shrink-0 overflow-hidden rounded-xl">
              <ListingImage src={stay.listing.image} seed={stay.listing.id} sizes="4rem" />
            </div>
            <div className="min-w-0">
              <h3 className="truncate font-semibold">
                <Link to={addressOf(stay)} className="outline-none after:absolute after:inset-0">
                  {stay.listing.title}
                </Link>
              </h3>
              <p className="text-sm text-muted">{formatMoney(stay.total_price, stay.currency)} in total</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
