import { formatRange, formatShort, today } from '../../lib/dates';
import type { Stay } from '../../lib/stay';
import { Button } from '../Common/Button';
import { Icon } from '../Common/Icon';
import { Popover } from '../Common/Popover';
import { DateRangePicker } from './DateRangePicker';

const noNights: ReadonlySet<string> = new Set();

const textOf = ({ checkIn, checkOut }: Stay) => {
  if (!checkIn) return 'Choose dates';
  return checkOut ? formatRange(checkIn, checkOut) : `${formatShort(checkIn)} – …`;
};

interface Props {
  label: string;
  stay: Stay;
  maxNights: number | null;
  onChange: (stay: Stay) => void;
  errors?: string[];
}

/** Any future dates, in a panel below a button that looks like a field. */
export function DatesField({ label, stay, maxNights, onChange, errors = [] }: Props) {
  const rules = { firstDay: today(), taken: noNights, minNights: 1, maxNights };
  return (
    <div>
      <span className="mb-1 block text-sm font-semibold" aria-hidden="true">
        {label}
      </span>
      <Popover
        label={`${label}: ${textOf(stay)}`}
        trigger={
          <>
            {textOf(stay)} <Icon name="calendar" className="size-5 text-pine-600" />
          </>
        }
        triggerClass="input flex items-center justify-between gap-2 text-left"
        panelClass="top-full left-0 mt-2 w-[calc(100vw-4.5rem)] max-w-[22.4rem] p-4 min-[900px]:w-[44rem] min-[900px]:max-w-none"
      >
        {(close) => (
          <>
            <DateRangePicker rules={rules} stay={stay} onChange={onChange} />
            <div className="mt-3 flex justify-end">
              <Button onClick={close}>Done</Button>
            </div>
          </>
        )}
      </Popover>
      {errors.length > 0 && <p className="mt-1 text-sm font-medium text-rose-600">{errors.join(' ')}</p>}
    </div>
  );
}
