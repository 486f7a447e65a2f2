import { formatFull, type Day } from '../../lib/dates';

export interface DayState {
  pickable: boolean;
  taken: boolean;
  role: 'check-in' | 'check-out' | 'inside' | null;
  /** The stay has two ends, so a band joins them. */
  banded: boolean;
  focusable: boolean;
}

interface Props {
  day: Day;
  state: DayState;
  onPick: (day: Day) => void;
  onHover: (day: Day | null) => void;
}

const bands = {
  'check-in': 'bg-linear-to-r from-transparent from-50% to-pine-100 to-50%',
  'check-out': 'bg-linear-to-l from-transparent from-50% to-pine-100 to-50%',
  inside: 'bg-pine-100',
};

function look({ role, pickable, taken }: DayState) {
  if (role === 'check-in' || role === 'check-out') return 'bg-pine-700 font-bold text-white';
  if (role === 'inside') return 'text-pine-900';
  if (pickable) return 'font-medium hover:bg-pine-50 hover:ring-1 hover:ring-pine-600';
  return `text-muted/60 ${taken ? 'line-through' : ''}`;
}

export function DayCell({ day, state, onPick, onHover }: Props) {
  const { role, banded, pickable, focusable } = state;
  const edge = role === 'check-in' || role === 'check-out';
  const spoken = [formatFull(day), edge && role, !pickable && !edge && 'unavailable'].filter(Boolean).join(', ');
  return (
    <td role="gridcell" aria-selected={role !== null} className={`p-0 ${role && banded ? bands[role] : ''}`}>
      <button
        type="button"
        data-day={day}
        tabIndex={focusable ? 0 : -1}
        aria-label={spoken}
        aria-disabled={!pickable}
        onClick={() => pickable && onPick(day)}
        onPointerEnter={() => onHover(day)}
        onPointerLeave={() => onHover(null)}
        className={`mx-auto grid h-11 w-full max-w-11 place-items-center rounded-full text-sm tabular-nums aria-disabled:cursor-default ${look(state)}`}
      >
        {Number(day.slice(8))}
      </button>
    </td>
  );
}
