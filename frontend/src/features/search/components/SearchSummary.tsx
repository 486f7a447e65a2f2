import type { Filters } from '../../../lib/filters';
import { homes } from '../../../lib/text';
import type { Pagination } from '../../../store/pagination';
import type { Took } from '../state/takePlace';
import { whenText } from '../state/when';

interface Props {
  filters: Filters;
  /** The gazetteer's name of the place. */
  place: string | null;
  took: Took | null;
  pagination: Pagination;
  loading: boolean;
}

function where({ bbox, near, location }: Filters, place: string | null) {
  if (bbox) return 'in this part of the map';
  if (near) return 'around you';
  if (!location) return 'to stay';
  return place ? `in ${place}` : `in “${location}”`;
}

function free(filters: Filters) {
  const when = whenText(filters);
  if (!when) return null;
  return filters.flexible ? `Free for ${when}: each place shows its dates` : `Free for every night of ${when}`;
}

export function SearchSummary({ filters, place, took, pagination, loading }: Props) {
  const { total, totalCapped } = pagination;
  const count = totalCapped ? `${total.toLocaleString('en')}+ places` : homes(total);
  const period = free(filters);
  return (
    <div className="min-w-0">
      <h2 aria-live="polite" className="text-lg font-bold sm:text-xl">
        {loading ? 'Looking for places…' : `${count} ${where(filters, place)}`}
      </h2>
      {took && (
        <p role="status" className="text-sm text-muted">
          We took “{took.typed}” as {took.label}.
        </p>
      )}
      {period && <p className="text-sm text-muted">{period}</p>}
    </div>
  );
}
