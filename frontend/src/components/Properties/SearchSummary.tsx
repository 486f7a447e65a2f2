import type { Place } from '../../api/wire';
import { formatRange } from '../../lib/dates';
import type { Filters } from '../../lib/filters';
import { homes } from '../../lib/text';
import type { Pagination } from '../../store/pagination';

interface Props {
  filters: Filters;
  place: Place | undefined;
  pagination: Pagination;
  loading: boolean;
}

function where({ bbox, near, location }: Filters, place: Place | undefined) {
  if (bbox) return 'in this part of the map';
  if (near) return 'around you';
  if (!location) return 'to stay';
  return place ? `around ${place.city}` : `in “${location}”`;
}

export function SearchSummary({ filters, place, pagination, loading }: Props) {
  const { total, totalCapped } = pagination;
  const count = totalCapped ? `${total}+ places` : homes(total);
  return (
    <div>
      <h2 aria-live="polite" className="text-xl font-bold">
        {loading ? 'Looking for places…' : `${count} ${where(filters, place)}`}
      </h2>
      {filters.checkIn && filters.checkOut && <p className="text-muted">Free for every night of {formatRange(filters.checkIn, filters.checkOut)}</p>}
    </div>
  );
}
