import { lazy, Suspense, useState } from 'react';
import type { Currency, FoundCard } from '../../../api/wire';
import { Button } from '../../../components/Common/Button';
import { EmptyState } from '../../../components/Common/EmptyState';
import { ErrorNote } from '../../../components/Common/ErrorNote';
import { Icon } from '../../../components/Common/Icon';
import { PropertyList } from '../../../components/Properties/PropertyList';
import { UnderstoodNote } from '../../../components/Properties/UnderstoodNote';
import type { useSearch } from '../../../hooks/useSearch';
import { noFilters } from '../../../lib/filters';
import { understoodLabels } from '../../../lib/understood';
import { useAppSelector } from '../../../store/hooks';
import { selectSearch } from '../../../store/slices/searchSlice';
import { activeFilters, narrowing, withoutNarrowing } from '../state/activeFilters';
import { FilterChips } from './FilterChips';
import { LoosenNote } from './LoosenNote';
import { SearchSummary } from './SearchSummary';
import { ShowMore } from './ShowMore';
import { SortSelect } from './SortSelect';

const FilterDialog = lazy(() => import('./FilterDialog'));

interface Props {
  search: ReturnType<typeof useSearch>;
  filtered: boolean;
  linkTo: (listing: FoundCard) => string;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
}

const USUAL_CURRENCY: Currency = 'EUR';

export function SearchResults({ search, filtered, ...pointing }: Props) {
  const { filters, apply, showMore, reload, listings, pagination, loading, loadingMore, answered, error } = search;
  const [open, setOpen] = useState(false);
  const { answer } = useAppSelector(selectSearch);
  const said = filters.ask && answer ? understoodLabels(answer, filters) : [];
  const active = activeFilters(filters).filter(({ label }) => !said.includes(label));
  const none = !error && !loading && listings.length === 0;
  const count = narrowing(filters).length;
  return (
    <section aria-label="Results" className="min-w-0 space-y-2.5">
      <UnderstoodNote filters={filters} onChange={(patch) => apply(patch)} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <SearchSummary filters={filters} place={search.place?.label ?? null} took={search.took} pagination={pagination} loading={loading} />
        <div className="flex items-center gap-2 max-sm:w-full max-sm:justify-between">
          <SortSelect filters={filters} onChange={(patch) => apply(patch)} />
          <Button tone="secondary" aria-haspopup="dialog" className="px-4" onClick={() => setOpen(true)}>
            <Icon name="sliders" /> Filters{count > 0 && ` (${count})`}
          </Button>
        </div>
      </div>
      <FilterChips active={active} onChange={(patch) => apply(patch)} onClear={() => apply({ ...withoutNarrowing(filters), bbox: null })} />
      {error && <ErrorNote problem={error} onRetry={reload} />}
      {none && (
        <EmptyState title="No places match your search" hint="Try other dates, a wider price range or a larger part of the map.">
          {filtered && <Button onClick={() => apply(noFilters)}>Clear all filters</Button>}
        </EmptyState>
      )}
      {!loading && !error && <LoosenNote loosen={search.loosen} filters={filters} onChange={(patch) => apply(patch)} />}
      {!none && (!error || search.kept) && <PropertyList listings={listings} loading={loading} pages={search.page} answered={answered} {...pointing} />}
      {!loading && <ShowMore shown={listings.length} pagination={pagination} busy={loadingMore} onMore={showMore} />}
      {open && (
        <Suspense fallback={null}>
          <FilterDialog
            filters={filters}
            currency={(listings[0]?.currency as Currency | undefined) ?? USUAL_CURRENCY}
            onClose={() => setOpen(false)}
            onApply={(next) => {
              setOpen(false);
              apply(next);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
