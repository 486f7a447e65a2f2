import { useState } from 'react';
import { formatRange } from '../../lib/dates';
import { noFilters, type Filters } from '../../lib/filters';
import { guests } from '../../lib/text';
import { Icon } from '../Common/Icon';
import { SearchBar } from './SearchBar';
import { SmartSearch } from './SmartSearch';

interface Props {
  filters: Filters;
  /** On a narrow screen with a search under way the form folds into one line. */
  folded: boolean;
  onSearch: (patch: Partial<Filters>) => void;
}

function summary({ location, bbox, near, checkIn, checkOut, maxGuests }: Filters) {
  return [
    bbox ? 'This part of the map' : near ? 'Near me' : location || 'Any place',
    checkIn && checkOut ? formatRange(checkIn, checkOut) : 'any dates',
    maxGuests ? guests(maxGuests) : 'any guests',
  ].join(' · ');
}

export function SearchPanel({ filters, folded, onSearch }: Props) {
  const [editing, setEditing] = useState(false);
  if (folded && !editing)
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
  return (
    <div className="card space-y-4 p-4">
      <SmartSearch
        key={filters.ask}
        ask={filters.ask}
        onAsk={(ask) => {
          setEditing(false);
          onSearch({ ...noFilters, ask });
        }}
      />
      <SearchBar
        key={JSON.stringify([filters.location, filters.checkIn, filters.checkOut, filters.maxGuests, filters.near])}
        filters={filters}
        onSearch={(ask) => {
          setEditing(false);
          onSearch({ ...ask, bbox: null });
        }}
      />
    </div>
  );
}
