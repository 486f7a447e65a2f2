import { useId } from 'react';
import { IconButton } from './IconButton';

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
  describe: (value: number) => string;
}

export function Stepper({ label, value, min, max, step = 1, onChange, describe }: Props) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="flex min-h-11 items-center justify-between gap-2">
      <span id={id} className="text-sm font-semibold">
        {label}
      </span>
      <span className="flex items-center gap-1">
        <IconButton icon="minus" label={`Fewer ${label.toLowerCase()}`} disabled={value <= min} onClick={() => onChange(Math.max(min, value - step))} className="border border-line" />
        <output aria-live="polite" className="min-w-28 text-center tabular-nums">
          {describe(value)}
        </output>
        <IconButton icon="plus" label={`More ${label.toLowerCase()}`} disabled={value >= max} onClick={() => onChange(Math.min(max, value + step))} className="border border-line" />
      </span>
    </div>
  );
}
