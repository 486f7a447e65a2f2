import { Icon } from '../../../components/Common/Icon';
import type { Filters } from '../../../lib/filters';
import type { ActiveFilter } from '../state/activeFilters';

interface Props {
  active: ActiveFilter[];
  onChange: (patch: Partial<Filters>) => void;
  onClear: () => void;
}

export function FilterChips({ active, onChange, onClear }: Props) {
  if (active.length === 0) return null;
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-2">
      {active.map(({ key, label, without }) => (
        <li key={key}>
          <button
            type="button"
            aria-label={`Remove filter: ${label}`}
            onClick={() => onChange(without)}
            className="inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-surface px-3 text-sm font-medium hover:bg-mist max-lg:min-h-11"
          >
            {label} <Icon name="close" className="size-4" />
          </button>
        </li>
      ))}
      <li>
        <button type="button" onClick={onClear} className="min-h-9 px-2 text-sm font-semibold text-pine-700 underline underline-offset-4 max-lg:min-h-11">
          Clear filters
        </button>
      </li>
    </ul>
  );
}
