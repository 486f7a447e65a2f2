import { memo, type PointerEvent } from 'react';
import { formatFull, type Day } from '../../../lib/dates';
import { nightKinds } from '../../../lib/nightKinds';

interface Props {
  day: Day;
  kind: keyof typeof nightKinds;
  past: boolean;
  chosen: boolean;
  focusable: boolean;
  onPick: (day: Day, extend: boolean) => void;
  onPress: (day: Day, event: PointerEvent) => void;
  onEnter: (day: Day) => void;
}

export const NightCell = memo(function NightCell({ day, kind, past, chosen, focusable, onPick, onPress, onEnter }: Props) {
  const { spoken, sign, look } = nightKinds[kind];
  const name = [formatFull(day), past ? 'past' : spoken, chosen && 'chosen'].filter(Boolean).join(', ');
  return (
    <td role="gridcell" aria-selected={chosen} className="p-0.5">
      <button
        type="button"
        data-day={day}
        data-kind={kind}
        tabIndex={focusable ? 0 : -1}
        aria-label={name}
        disabled={past}
        onClick={(event) => onPick(day, event.shiftKey)}
        onPointerDown={(event) => onPress(day, event)}
        onPointerEnter={() => onEnter(day)}
        className={`relative grid h-11 w-full place-items-center rounded-lg text-sm tabular-nums select-none disabled:opacity-40 ${look} ${
          chosen ? 'ring-3 ring-apricot-500 ring-offset-1' : 'enabled:hover:ring-2 enabled:hover:ring-pine-600'
        }`}
      >
        {Number(day.slice(8))}
        {sign && (
          <span aria-hidden="true" className="absolute right-1 bottom-0 text-[0.625rem] leading-4 font-bold">
            {sign}
          </span>
        )}
      </button>
    </td>
  );
});
