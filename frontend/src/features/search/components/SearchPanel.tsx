import { useState } from 'react';
import { Button } from '../../../components/Common/Button';
import { Icon } from '../../../components/Common/Icon';
import { SmartSearch } from '../../../components/Properties/SmartSearch';
import { noFilters, type Filters } from '../../../lib/filters';
import { guestsText } from '../state/guests';
import type { Took } from '../state/takePlace';
import { whenText } from '../state/when';
import { SearchForm } from './SearchForm';

interface Props {
  filters: Filters;
  /** A search is under way: the form takes one line, and on a narrow screen it folds into a button. */
  compact: boolean;
  narrow: boolean;
  onSearch: (patch: Partial<Filters>, took: Took | null) => void;
}

function summary(filters: Filters) {
  const { location, bbox, near } = filters;
  return [bbox ? 'This part of the map' : near ? 'Near me' : location || 'Any place', whenText(filters) ?? 'any dates', guestsText(filters) ?? 'any guests'].join(' · ');
}

const keyOf = ({ location, placeId, near, checkIn, checkOut, flexible, months, maxGuests, children, infants, pets }: Filters) =>
  JSON.stringify([location, placeId, near, checkIn, checkOut, flexible, months, maxGuests, children, infants, pets]);

/** One search: its fields, or a sentence that fills them. */
export function SearchPanel({ filters, compact, narrow, onSearch }: Props) {
  const [editing, setEditing] = useState(false);
  const [saying, setSaying] = useState(false);
  if (compact && narrow && !editing)
    return (
      <button
        type="button"
        onClick={() => setEditing(true)}
        aria-label={`Change the search: ${summary(filters)}`}
        className="card flex min-h-14 w-full items-center gap-3 rounded-full! px-5 text-left"
      >
        <Icon name="search" className="size-5 text-pine-600" />
        <span className="min-w-0 flex-1 truncate font-medium">{summary(filters)}</span>
      </button>
    );
  const search = (patch: Partial<Filters>, took: Took | null) => {
    setEditing(false);
    setSaying(false);
    onSearch(patch, took);
  };
  const sentence = saying || !compact;
  return (
    <div className={`card ${compact ? 'space-y-3 p-3' : 'space-y-4 p-4'}`}>
      <div className="flex flex-col gap-3 md:flex-row md:items-end">
        <div className="min-w-0 flex-1">
          <SearchForm key={keyOf(filters)} filters={filters} onSearch={(ask, took) => search({ ...ask, bbox: null }, took)} />
        </div>
        {compact && (
          <Button tone="quiet" className="shrink-0" aria-expanded={saying} onClick={() => setSaying(!saying)}>
            <Icon name="sparkle" /> Say it in a sentence
          </Button>
        )}
      </div>
      {sentence && <SmartSearch key={filters.ask} ask={filters.ask} onAsk={(ask) => search({ ...noFilters, ask }, null)} />}
    </div>
  );
}
