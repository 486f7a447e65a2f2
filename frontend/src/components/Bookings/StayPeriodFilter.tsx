import { useId } from 'react';
import type { BookingNarrowing } from '../../hooks/useBookingList';
import { addDays, type Day } from '../../lib/dates';
import { Button } from '../Common/Button';

interface Props {
  from: Day | null;
  to: Day | null;
  onChange: (patch: BookingNarrowing) => void;
}

/** Stays that overlap a period. Each day applies as soon as it is chosen. */
export function StayPeriodFilter({ from, to, onChange }: Props) {
  const id = useId();
  return (
    <div role="group" aria-label="Stays in a period" className="grid grid-cols-2 items-end gap-3 sm:flex">
      <div>
        <label htmlFor={`${id}-from`} className="mb-1 block text-sm font-semibold">
          Stays from
        </label>
        <input id={`${id}-from`} type="date" max={to ? addDays(to, -1) : undefined} className="input" value={from ?? ''} onChange={(event) => onChange({ from: event.target.value })} />
      </div>
      <div>
        <label htmlFor={`${id}-to`} className="mb-1 block text-sm font-semibold">
          up to
        </label>
        <input id={`${id}-to`} type="date" min={from ? addDays(from, 1) : undefined} className="input" value={to ?? ''} onChange={(event) => onChange({ to: event.target.value })} />
      </div>
      {(from || to) && (
        <Button tone="quiet" className="max-sm:col-span-2" onClick={() => onChange({ from: '', to: '' })}>
          Any time
        </Button>
      )}
    </div>
  );
}
