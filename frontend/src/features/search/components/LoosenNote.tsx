import type { Loosen } from '../../../api/wire';
import type { Filters } from '../../../lib/filters';
import { homes } from '../../../lib/text';
import { waysOut } from '../state/loosening';

interface Props {
  loosen: Loosen[];
  filters: Filters;
  onChange: (patch: Partial<Filters>) => void;
}

/** Where little is found: what each filter costs. */
export function LoosenNote({ loosen, filters, onChange }: Props) {
  const ways = waysOut(loosen, filters);
  if (ways.length === 0) return null;
  return (
    <section aria-labelledby="loosen-heading" className="rounded-card bg-pine-50 p-4">
      <h3 id="loosen-heading" className="mb-2 font-semibold">
        More places with
      </h3>
      <ul className="flex flex-wrap gap-2">
        {ways.map(({ filter, label, found, without }) => (
          <li key={filter}>
            <button type="button" onClick={() => onChange(without)} className="inline-flex min-h-11 items-center gap-2 rounded-full bg-surface px-4 font-medium shadow-card hover:bg-mist">
              {label} <span className="text-muted tabular-nums">{homes(found)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
