import type { Listing } from '../../api/wire';
import { formatRange } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import { useAppSelector } from '../../store/hooks';
import { selectCurrentBooking } from '../../store/slices/bookingSlice';
import { Button } from '../Common/Button';

/** On a narrow screen: the price and the way to the calendar, at hand until the calendar is reached. */
export function DatesBar({ listing }: { listing: Listing }) {
  const { checkIn, checkOut } = useAppSelector(selectCurrentBooking);
  const chosen = checkIn && checkOut ? formatRange(checkIn, checkOut) : null;
  return (
    <div className="sticky bottom-0 z-[1050] -mx-4 mt-6 flex items-center justify-between gap-3 border-t border-line bg-surface px-4 py-3 sm:-mx-6 sm:px-6 lg:hidden">
      <span>
        <b className="text-lg">{formatMoney(listing.price_per_night, listing.currency)}</b> <span className="text-muted">a night</span>
        {chosen && <span className="block text-sm text-muted">{chosen}</span>}
      </span>
      <Button onClick={() => document.getElementById('dates')?.scrollIntoView({ behavior: 'smooth' })}>{chosen ? 'See the price' : 'Choose dates'}</Button>
    </div>
  );
}
