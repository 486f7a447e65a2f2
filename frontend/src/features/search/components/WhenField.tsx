import { useId, useState } from 'react';
import { DateRangePicker } from '../../../components/Calendar/DateRangePicker';
import { Button } from '../../../components/Common/Button';
import { ChipGroup } from '../../../components/Common/ChipGroup';
import { Icon } from '../../../components/Common/Icon';
import { Popover } from '../../../components/Common/Popover';
import type { Day } from '../../../lib/dates';
import { isAround } from '../../../lib/filterCodecs';
import { exactness, lengths, MOST_MONTHS, monthsFrom, noDates, shortWhenText, type When } from '../state/when';

interface Props {
  when: When;
  /** At the place that is looked for. */
  today: Day;
  onChange: (when: When) => void;
}

const noNights: ReadonlySet<string> = new Set();
const modes = [
  ['dates', 'Dates'],
  ['open', 'I am flexible'],
] as const;

function OpenDates({ when, today, onChange }: Props) {
  const id = useId();
  const { months } = when;
  const toggle = (month: string) => {
    const next = months.includes(month) ? months.filter((one) => one !== month) : [...months, month];
    onChange({ ...when, months: next.slice(-MOST_MONTHS) });
  };
  return (
    <div className="space-y-4">
      <ChipGroup legend="How long" name={id} options={lengths} chosen={when.flexible ? [when.flexible] : []} onToggle={(flexible) => onChange({ ...when, flexible })} />
      <ChipGroup legend={`When (up to ${MOST_MONTHS} months; none: the next three)`} options={monthsFrom(today)} chosen={months} onToggle={toggle} />
    </div>
  );
}

function Dates({ when, today, onChange }: Props) {
  const id = useId();
  const rules = { firstDay: today, taken: noNights, minNights: 1, maxNights: null };
  return (
    <div className="space-y-3">
      <DateRangePicker rules={rules} stay={when} onChange={({ checkIn, checkOut }) => onChange({ ...when, checkIn, checkOut })} />
      {when.checkOut && (
        <ChipGroup legend="How exact" name={id} options={exactness} chosen={[when.flexible]} onToggle={(flexible) => onChange({ ...when, flexible })} />
      )}
    </div>
  );
}

/** Dates, dates and some days around them, or any weekend, week or month of some months. */
export function WhenField({ when, today, onChange }: Props) {
  const id = useId();
  const open = when.flexible !== '' && !isAround(when.flexible);
  const [mode, setMode] = useState<'dates' | 'open'>(open ? 'open' : 'dates');
  const choose = (next: 'dates' | 'open') => {
    setMode(next);
    onChange(next === 'open' ? { ...noDates, flexible: 'weekend' } : noDates);
  };
  const chosen = when.checkIn !== null || open;
  return (
    <div>
      <span className="mb-1 block text-sm font-semibold" aria-hidden="true">
        When
      </span>
      <Popover
        label={`Dates: ${shortWhenText(when)}`}
        trigger={
          <>
            <span className="truncate">{shortWhenText(when)}</span> <Icon name="calendar" className="size-5 text-pine-600" />
          </>
        }
        triggerClass="input flex items-center justify-between gap-2 text-left"
        panelClass="top-full -left-4 mt-2 w-[calc(100vw-2rem)] max-w-[22.4rem] p-4 min-[700px]:left-0 min-[700px]:w-[44rem] min-[700px]:max-w-none"
      >
        {(close) => (
          <>
            <div className="mb-3">
              <ChipGroup legend="Kind of dates" hiddenLegend name={id} options={modes} chosen={[mode]} onToggle={choose} />
            </div>
            {mode === 'open' ? <OpenDates when={when} today={today} onChange={onChange} /> : <Dates when={when} today={today} onChange={onChange} />}
            <div className="mt-3 flex justify-end gap-2">
              <Button tone="quiet" disabled={!chosen} onClick={() => choose('dates')}>
                Clear dates
              </Button>
              <Button onClick={close}>Done</Button>
            </div>
          </>
        )}
      </Popover>
    </div>
  );
}
