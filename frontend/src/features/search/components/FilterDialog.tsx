import { useState } from 'react';
import type { Currency } from '../../../api/wire';
import { readingProblem } from '../../../api/serverApi';
import { Button } from '../../../components/Common/Button';
import { Dialog } from '../../../components/Common/Dialog';
import { ErrorNote } from '../../../components/Common/ErrorNote';
import { PropertyFilters } from '../../../components/Properties/PropertyFilters';
import { useDebounced } from '../../../hooks/useDebounced';
import type { Filters } from '../../../lib/filters';
import { homes } from '../../../lib/text';
import { useAmenityKindsQuery, useCountFoundQuery } from '../api/searchApi';
import { narrowing, withoutNarrowing } from '../state/activeFilters';
import { countQuery, isCrossed, rangeQuery } from '../state/counts';

interface Props {
  filters: Filters;
  /** Of most places that are found. */
  currency: Currency;
  onApply: (filters: Filters) => void;
  onClose: () => void;
}

const PAUSE_MS = 250;

/** A draft: it counts once it is applied. Its button says what that would find. */
export default function FilterDialog({ filters, currency, onApply, onClose }: Props) {
  const [draft, setDraft] = useState(filters);
  const settled = useDebounced(draft, PAUSE_MS);
  const crossed = isCrossed(draft.minPrice, draft.maxPrice) || isCrossed(draft.minTotal, draft.maxTotal);
  const { data: left, isFetching, error, refetch } = useCountFoundQuery(countQuery(settled, currency), { skip: crossed });
  const { data: range } = useCountFoundQuery(rangeQuery(settled, draft.currency || currency));
  const { data: kinds = [] } = useAmenityKindsQuery(null);
  const counting = isFetching || settled !== draft;
  const total = left?.pagination;
  const found = total && (total.total_capped ? `${total.total.toLocaleString('en')}+ places` : homes(total.total));
  return (
    <Dialog title="Filters" onClose={onClose}>
      <PropertyFilters filters={draft} left={left?.facets} range={range?.facets} kinds={kinds} currency={currency} onChange={(patch) => setDraft((known) => ({ ...known, ...patch }))} />
      <div className="sticky bottom-0 z-10 -mx-6 mt-6 -mb-6 space-y-2 border-t border-line bg-surface px-6 py-3">
        {error && !counting && <ErrorNote problem={readingProblem(error)} onRetry={() => void refetch()} />}
        <div className="flex items-center justify-between gap-3">
          <Button tone="quiet" className="px-3 whitespace-nowrap" disabled={narrowing(draft).length === 0} onClick={() => setDraft(withoutNarrowing(draft))}>
            Clear all
          </Button>
          <Button disabled={crossed} aria-live="polite" className="sm:min-w-44" onClick={() => onApply(draft)}>
            {counting || !found ? 'Show places' : `Show ${found}`}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

