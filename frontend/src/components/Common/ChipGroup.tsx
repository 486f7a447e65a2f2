interface Props<T extends string> {
  legend: string;
  /** For a screen reader alone. */
  hiddenLegend?: boolean;
  options: readonly (readonly [value: T, label: string])[];
  chosen: readonly T[];
  onToggle: (value: T) => void;
  /** One choice only: radio buttons instead of check boxes. */
  name?: string;
}

export function ChipGroup<T extends string>({ legend, hiddenLegend = false, options, chosen, onToggle, name }: Props<T>) {
  return (
    <fieldset>
      <legend className={hiddenLegend ? 'sr-only' : 'mb-2 text-sm font-semibold'}>{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map(([value, label]) => (
          <label
            key={value}
            className="inline-flex min-h-11 cursor-pointer items-center rounded-full border border-edge bg-surface px-4 font-medium hover:bg-mist has-checked:border-pine-700 has-checked:bg-pine-700 has-checked:text-white has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-pine-600"
          >
            <input type={name ? 'radio' : 'checkbox'} name={name} checked={chosen.includes(value)} onChange={() => onToggle(value)} className="sr-only" />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
