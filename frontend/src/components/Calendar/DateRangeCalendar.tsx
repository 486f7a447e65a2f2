import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useMediaQuery } from '../../hooks/useMediaQuery';
import { addMonths, firstOfMonth, formatRange, formatShort, nightsBetween, type Day } from '../../lib/dates';
import { canCheckOut, canPick, isFree, lengthFrom, pickDay, type Stay, type StayRules } from '../../lib/stay';
import { nights } from '../../lib/text';
import { IconButton } from '../Common/IconButton';
import { DayCell, type DayState } from './DayCell';
import { MonthGrid } from './MonthGrid';
import { moveByKey } from './moveByKey';

const MONTHS_AHEAD = 12;

export interface Props {
  rules: StayRules;
  stay: Stay;
  onChange: (stay: Stay) => void;
}

function hint({ checkIn, checkOut }: Stay, rules: StayRules) {
  if (!checkIn) return 'Choose your check-in day.';
  const { least } = lengthFrom(rules, checkIn);
  if (!checkOut) return `From ${formatShort(checkIn)}: choose your check-out day${least > 1 ? `, at least ${nights(least)} later` : ''}.`;
  return `${formatRange(checkIn, checkOut)}, ${nights(nightsBetween(checkIn, checkOut))}.`;
}

function roleOf(day: Day, { checkIn, checkOut }: Stay, preview: Day | null): DayState['role'] {
  const end = checkOut ?? preview;
  if (day === checkIn) return 'check-in';
  if (day === checkOut) return 'check-out';
  return checkIn && end && day > checkIn && day <= end ? 'inside' : null;
}

export function DateRangeCalendar({ rules, stay, onChange }: Props) {
  const firstMonth = firstOfMonth(rules.firstDay);
  const lastMonth = addMonths(firstMonth, MONTHS_AHEAD);
  const [month, setMonth] = useState(() => firstOfMonth(stay.checkIn ?? rules.firstDay));
  const [cursor, setCursor] = useState<Day>(stay.checkIn ?? rules.firstDay);
  const [hovered, setHovered] = useState<Day | null>(null);
  const wantsFocus = useRef(false);
  const root = useRef<HTMLDivElement>(null);
  const count = useMediaQuery('(min-width: 700px)') ? 2 : 1;
  const months = Array.from({ length: count }, (_, index) => addMonths(month, index));
  const visible = months.includes(firstOfMonth(cursor));
  const focusDay = visible ? cursor : month < firstMonth || month === firstMonth ? rules.firstDay : month;
  const open = stay.checkIn && !stay.checkOut ? stay.checkIn : null;
  const preview = open && hovered && canCheckOut(rules, open, hovered) ? hovered : null;

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    root.current?.querySelector<HTMLElement>(`[data-day="${cursor}"]`)?.focus();
  }, [cursor]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const from = (event.target as HTMLElement).dataset.day;
    const to = from && moveByKey(event.key, from);
    if (!to || to < rules.firstDay || firstOfMonth(to) > lastMonth) return;
    event.preventDefault();
    wantsFocus.current = true;
    setCursor(to);
    const target = firstOfMonth(to);
    if (target < month) setMonth(target);
    else if (!months.includes(target)) setMonth(addMonths(target, 1 - count));
  };

  const pick = (day: Day) => {
    setCursor(day);
    onChange(pickDay(rules, stay, day));
  };

  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys bubble up from the day buttons
    <div ref={root} onKeyDown={onKeyDown} className="relative">
      <div className="absolute inset-x-0 top-0 flex justify-between">
        <IconButton icon="chevronLeft" label="Previous month" disabled={month <= firstMonth} onClick={() => setMonth(addMonths(month, -1))} />
        <IconButton icon="chevronRight" label="Next month" disabled={(months.at(-1) ?? month) >= lastMonth} onClick={() => setMonth(addMonths(month, 1))} />
      </div>
      <div className="flex gap-8">
        {months.map((shown) => (
          <MonthGrid key={shown} month={shown}>
            {(day) => (
              <DayCell
                key={day}
                day={day}
                onPick={pick}
                onHover={setHovered}
                state={{
                  pickable: canPick(rules, stay, day),
                  taken: !isFree(rules, day),
                  role: roleOf(day, stay, preview),
                  banded: Boolean(stay.checkOut ?? preview),
                  focusable: day === focusDay,
                }}
              />
            )}
          </MonthGrid>
        ))}
      </div>
      <p aria-live="polite" className="mt-2 text-sm text-muted">
        {hint(stay, rules)}
      </p>
    </div>
  );
}
