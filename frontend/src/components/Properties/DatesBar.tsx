import type { Listing } from '../../api/types';
import { formatMoney } from '../../lib/money';
import { Button } from '../Common/Button';

/** On a narrow screen: the price and the way to the calendar, at hand until the calendar is reached. */
export function DatesBar({ listing }: { listing: Listing }) {
  return (
    <div className="sticky bottom-0 z-[1050] -mx-4 mt-6 flex items-center justify-between gap-3 border-t border-line bg-surface px-4 py-3 sm:-mx-6 sm:px-6 lg:hidden">
      <span>
        <b className="text-lg">{formatMoney(listing.price_per_night, listing.currency)}</b> <span className="text-muted">a night</span>
      </span>
      <Button onClick={() => document.getElementById('dates')?.scrollIntoView({ behavior: 'smooth' })}>Choose dates</Button>
    </div>
  );
}
