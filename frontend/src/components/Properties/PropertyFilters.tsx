import { useId, useState, type FormEvent } from 'react';
import type { Amenity } from '../../api/wire';
import type { Filters } from '../../lib/filters';
import { propertyTypes, readPropertyType } from '../../lib/propertyTypes';
import { Button } from '../Common/Button';
import { AmenityFilter } from './AmenityFilter';

type Narrowing = Pick<Filters, 'minPrice' | 'maxPrice' | 'propertyType' | 'amenities'>;

interface Props {
  filters: Narrowing;
  amenities: Amenity[];
  onChange: (patch: Partial<Narrowing>) => void;
  onClear: (() => void) | null;
}

interface PriceProps {
  label: string;
  value: number | null;
  onCommit: (value: number | null) => void;
}

function PriceInput({ label, value, onCommit }: PriceProps) {
  const [text, setText] = useState(value ? String(value) : '');
  const id = useId();
  const commit = () => {
    const amount = Number(text);
    const next = amount > 0 ? amount : null;
    if (next !== value) onCommit(next);
  };
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <input id={id} type="number" min={0} inputMode="numeric" placeholder="Any" className="input" value={text} onChange={(event) => setText(event.target.value)} onBlur={commit} />
    </div>
  );
}

/** Leaving a field or pressing Enter applies it. */
export function PropertyFilters({ filters, amenities, onChange, onClear }: Props) {
  const typeId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  return (
    <form onSubmit={submit} aria-label="Filters" className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <div className="sm:w-28">
        <PriceInput key={`min${filters.minPrice}`} label="Price from" value={filters.minPrice} onCommit={(minPrice) => onChange({ minPrice })} />
      </div>
      <div className="sm:w-28">
        <PriceInput key={`max${filters.maxPrice}`} label="Price up to" value={filters.maxPrice} onCommit={(maxPrice) => onChange({ maxPrice })} />
      </div>
      <div className="col-span-2 min-w-0 sm:w-44">
        <label htmlFor={typeId} className="mb-1 block text-sm font-semibold">
          Type of place
        </label>
        <select id={typeId} className="input" value={filters.propertyType} onChange={(event) => onChange({ propertyType: readPropertyType(event.target.value) })}>
          <option value="">Any type</option>
          {Object.entries(propertyTypes).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="col-span-2 min-w-0 sm:w-44">
        <AmenityFilter known={amenities} chosen={filters.amenities} onChange={(next) => onChange({ amenities: next })} />
      </div>
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true">
        Apply
      </button>
      {onClear && (
        <Button tone="quiet" className="col-span-2" onClick={onClear}>
          Clear all
        </Button>
      )}
    </form>
  );
}
