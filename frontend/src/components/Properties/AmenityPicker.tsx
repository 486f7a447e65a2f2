import type { Amenity } from '../../api/wire';
import { humanise } from '../../lib/text';

interface Props {
  known: Amenity[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** Check boxes: first what is chosen but not among the common ones. */
export function AmenityPicker({ known, chosen, onChange }: Props) {
  const names = known.map(({ name }) => name);
  const all = [...chosen.filter((name) => !names.includes(name)), ...names];
  const toggle = (name: string) => onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  if (all.length === 0) return <p className="text-muted">No amenities yet.</p>;
  return (
    <ul className="grid gap-x-4 sm:grid-cols-2">
      {all.map((name) => (
        <li key={name}>
          <label className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-2 hover:bg-mist">
            <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} className="size-5 shrink-0 accent-pine-700" />
            <span className="min-w-0 wrap-anywhere">{humanise(name)}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}
