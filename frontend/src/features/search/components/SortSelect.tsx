import { useId } from 'react';
import type { SearchOrder } from '../../../api/wire';
import { isFiltered, type Filters } from '../../../lib/filters';
import { usualOrder } from '../state/order';

interface Props {
  filters: Filters;
  onChange: (patch: Pick<Filters, 'sort'>) => void;
}

function ordersOf(filters: Filters): [SearchOrder, string][] {
  const stay = filters.checkIn !== null || filters.flexible !== '';
  return [
    ['recommended', 'Recommended'],
    ...(usualOrder(filters) === 'distance' ? [['distance', 'Nearest'] as [SearchOrder, string]] : []),
    ['price', stay ? 'Lowest total' : 'Lowest price'],
    ['rating', 'Best rated'],
    ['newest', 'Newest'],
  ];
}

export function SortSelect({ filters, onChange }: Props) {
  const id = useId();
  // The list of all is in its own order.
  const usual = isFiltered({ ...filters, ask: '' }) ? usualOrder(filters) : 'newest';
  const chosen = filters.sort || usual;
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-sm font-semibold whitespace-nowrap max-sm:sr-only">
        Sort by
      </label>
      <select
        id={id}
        className="input w-auto"
        value={chosen}
        onChange={({ target }) => onChange({ sort: target.value === usual ? '' : (target.value as SearchOrder) })}
      >
        {ordersOf(filters).map(([order, label]) => (
          <option key={order} value={order}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
