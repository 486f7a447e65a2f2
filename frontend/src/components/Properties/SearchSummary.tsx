import type { Place } from '../../api/types';
import { formatRange } from '../../lib/dates';
import type { Filters } from '../../lib/filters';
import { homes } from '../../lib/text';
import type { Pagination } from '../../store/pagination';

interface Props {
  filters: Filters;
  place: Place | undefined;
  placesKnown: boolean;
  pagination: Pagination;
  loading: boolean;
}

function where({ bbox, location }: Filters, place: Place | undefined) {
  if (bbox) return 'in this part of the map';
  return place && location ? `around ${place.city}` : 'to stay';
}

export function SearchSummary({ filters, place, placesKnown, pagination, loading }: Props) {
  const { total, totalCapped } = pagination;
  const count = totalCapped ? `${total}+ places` : homes(total);
  const unknown = placesKnown && filters.location && !place && !filters.bbox;
  return (
    <div>
      <h2 aria-live="polite" className="text-xl font-bold">
        {loading ? 'Looking for places…' : `${count} ${where(filters, place)}`}
      </h2>
      {filters.checkIn && filters.checkOut && <p className="text-muted">Free for every night of {formatRange(filters.checkIn, filters.checkOut)}</p>}
      {unknown && <p className="text-muted">No place is called “{filters.location}” here yet, so these are from everywhere.</p>}
    </div>
  );
}
