import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useNightSelection } from '../../../hooks/useNightSelection';
import { addDays, addMonths, firstOfMonth, today, type Day } from '../../../lib/dates';
import { kindOf } from '../../../lib/nightKinds';
import { useAppDispatch, useAppSelector } from '../../../store/hooks';
import { fetchNights, selectAvailability } from '../../../store/slices/availabilitySlice';
import { moveByKey } from '../../Calendar/moveByKey';
import { MonthGrid } from '../../Calendar/MonthGrid';
import { Button } from '../../Common/Button';
import { ErrorNote } from '../../Common/ErrorNote';
import { NightCell } from './NightCell';
import { NightLegend } from './NightLegend';
import { SelectionPanel } from './SelectionPanel';

const MONTHS = 12;
const FARTHEST_DAYS = 729;

export function AvailabilityCalendar({ listingId }: { listingId: string }) {
  const dispatch = useAppDispatch();
  const { nights, loading, error, listingId: loadedId } = useAppSelector(selectAvailability);
  const [firstDay] = useState(today);
  const [later, setLater] = useState(false);
  const [cursor, setCursor] = useState<Day>(firstDay);
  const selection = useNightSelection();
  const root = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const known = loadedId === listingId ? nights : {};

  const lastDay = addDays(firstDay, FARTHEST_DAYS);
  const start = addMonths(firstOfMonth(firstDay), later ? MONTHS : 0);
  const end = addMonths(start, MONTHS);
  const months = Array.from({ length: MONTHS }, (_, index) => addMonths(start, index));
  const from = start < firstDay ? firstDay : start;
  const to = end > lastDay ? addDays(lastDay, 1) : end;
  const focusDay = cursor >= from && cursor < to ? cursor : from;
  const chosen = useMemo(() => new Set(selection.nights), [selection.nights]);

  const load = useCallback(() => dispatch(fetchNights({ listingId, from, to })), [dispatch, listingId, from, to]);
  useEffect(() => {
    const asked = load();
    return () => asked.abort();
  }, [load]);

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    root.current?.querySelector<HTMLElement>(`[data-day="${cursor}"]`)?.focus();
  }, [cursor, later]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') return selection.clear();
    const at = (event.target as HTMLElement).dataset.day;
    const next = at && moveByKey(event.key, at);
    if (!at || !next || next < firstDay || next > lastDay) return;
    event.preventDefault();
    wantsFocus.current = true;
    if (event.shiftKey) {
      if (!selection.ends) selection.extend(at);
      selection.extend(next);
    }
    setCursor(next);
    setLater(next >= addMonths(firstOfMonth(firstDay), MONTHS));
  };

  const { pick } = selection;
  const onPick = useCallback(
    (day: Day, shift: boolean) => {
      setCursor(day);
      pick(day, shift);
    },
    [pick],
  );

  return (
    <div className="space-y-5">
      <NightLegend />
      <p className="text-sm text-muted">Choose the first and the last night, drag over them, or hold Shift with the arrow keys. A night belongs to the day on which it begins.</p>
      {error && <ErrorNote problem={error} onRetry={load} />}
      <div className="flex items-center justify-between gap-3">
        <Button tone="secondary" disabled={!later} onClick={() => setLater(false)}>
          First year
        </Button>
        <span role="status" className="text-sm text-muted">
          {loading ? 'Loading the nights' : ''}
        </span>
        <Button tone="secondary" disabled={later} onClick={() => setLater(true)}>
          Second year
        </Button>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys bubble up from the day buttons */}
      <div ref={root} onKeyDown={onKeyDown} aria-busy={loading} className="grid gap-x-8 gap-y-4 md:grid-cols-2 xl:grid-cols-3">
        {months.map((month) => (
          <MonthGrid key={month} month={month}>
            {(day) => (
              <NightCell
                key={day}
                day={day}
                kind={kindOf(known, day)}
                past={day < firstDay || day > lastDay}
                chosen={chosen.has(day)}
                focusable={day === focusDay}
                onPick={onPick}
                onPress={selection.press}
                onEnter={selection.enter}
              />
            )}
          </MonthGrid>
        ))}
      </div>
      <SelectionPanel listingId={listingId} known={known} nights={selection.nights} open={selection.open} onClear={selection.clear} onChanged={load} />
    </div>
  );
}
