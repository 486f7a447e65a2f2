import type { UserType } from '../../api/wire';

const kinds: { value: UserType; label: string }[] = [
  { value: 'traveler', label: 'Traveler' },
  { value: 'owner', label: 'Owner' },
];

interface Props {
  legend: string;
  value: UserType;
  onChange: (kind: UserType) => void;
}

export function AccountKind({ legend, value, onChange }: Props) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-semibold">{legend}</legend>
      <div className="grid grid-cols-2 gap-1 rounded-2xl bg-mist p-1">
        {kinds.map((kind) => (
          <label
            key={kind.value}
            className="grid min-h-11 cursor-pointer place-items-center rounded-xl font-semibold text-muted has-checked:bg-surface has-checked:text-pine-700 has-checked:shadow-card has-focus-visible:outline-3 has-focus-visible:outline-pine-600"
          >
            <input type="radio" name="user_type" value={kind.value} checked={kind.value === value} onChange={() => onChange(kind.value)} className="sr-only" />
            {kind.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
