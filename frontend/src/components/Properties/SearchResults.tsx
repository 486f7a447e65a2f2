import { useState } from 'react';
import type { Place } from '../../api/wire';
import type { useSearch } from '../../hooks/useSearch';
import { noFilters } from '../../lib/filters';
import { Button } from '../Common/Button';
import { EmptyState } from '../Common/EmptyState';
import { ErrorNote } from '../Common/ErrorNote';
import { Icon } from '../Common/Icon';
import { Pagination } from '../Common/Pagination';
import { PropertyFilters } from './PropertyFilters';
import { PropertyList } from './PropertyList';
import { SearchSummary } from './SearchSummary';
import { UnderstoodNote } from './UnderstoodNote';

interface Props {
  search: ReturnType<typeof useSearch>;
  place: Place | undefined;
  filtered: boolean;
  wide: boolean;
  linkTo: (id: string) => string;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
}

export function SearchResults({ search, place, filtered, wide, ...pointing }: Props) {
  const { filters, apply, goToPage, reload, listings, pagination, amenities, loading, answered, error } = search;
  const [open, setOpen] = useState(false);
  const clear = () => apply(noFilters);
  const none = !error && !loading && listings.length === 0;
  return (
    <section aria-label="Results" className="min-w-0 space-y-4">
      <UnderstoodNote filters={filters} onChange={(patch) => apply(patch)} />
      {(wide || open) && (
        <PropertyFilters filters={filters} amenities={amenities} onChange={(patch) => apply(patch)} onClear={filtered ? clear : null} />
      )}
      <div className="flex items-start justify-between gap-3">
        <SearchSummary filters={filters} place={place} pagination={pagination} loading={loading} />
        {!wide && (
          <Button tone="secondary" aria-expanded={open} className="px-4" onClick={() => setOpen(!open)}>
            <Icon name="sliders" /> Filters
          </Button>
        )}
      </div>
      {error && <ErrorNote problem={error} onRetry={reload} />}
      {none && (
        <EmptyState title="No places match your search" hint="Try other dates, a wider price range or a larger part of the map.">
          {filtered && <Button onClick={clear}>Clear all filters</Button>}
        </EmptyState>
      )}
      {!none && !error && <PropertyList listings={listings} loading={loading} answered={answered} {...pointing} />}
      <Pagination label="Pages of results" pagination={pagination} onPage={goToPage} />
    </section>
  );
}
