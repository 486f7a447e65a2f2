import { weekdayNames } from '../../../lib/weekdays';
import { toggled } from '../../../lib/preferences';

interface Props {
  legend: string;
  chosen: number[];
  onChange: (days: number[]) => void;
  errors?: string[];
}

/** Days of the week, Monday being 0; none chosen means every day. */
export function WeekdayBoxes({ legend, chosen, onChange, errors = [] }: Props) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-semibold">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {weekdayNames.map((name, day) => (
          <label key={name} className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-line bg-surface px-3 hover:bg-mist has-checked:border-pine-700 has-checked:bg-pine-50 has-checked:font-semibold has-focus-visible:outline-3 has-focus-visible:outline-pine-600">
            <input type="checkbox" className="size-4 accent-pine-700" checked={chosen.includes(day)} onChange={() => onChange(toggled(chosen, day).sort())} />
            {name}
          </label>
        ))}
      </div>
      <p className="mt-1 text-sm text-muted">{chosen.length === 0 ? 'None chosen: on every day.' : 'On these days only.'}</p>
      {errors.length > 0 && (
        <p role="alert" className="text-sm font-medium text-rose-600">
          {errors.join(' ')}
        </p>
      )}
    </fieldset>
  );
}
