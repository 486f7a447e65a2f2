import { useEffect, useState } from 'react';
import { humanise } from '../../../lib/text';
import { useAppDispatch, useAppSelector } from '../../../store/hooks';
import { fetchAmenities, selectAmenities } from '../../../store/slices/searchSlice';
import { Button } from '../../Common/Button';
import { Field } from '../../Common/Field';
import type { FormApi } from './formApi';
import { FormSection } from './FormSection';

const SHOWN_FIRST = 24;
const fold = (name: string) => name.trim().toLowerCase();

export function AmenitiesSection({ form: { draft, change, errors } }: { form: FormApi }) {
  const dispatch = useAppDispatch();
  const known = useAppSelector(selectAmenities);
  const common = known.map(({ name }) => name);
  const [typed, setTyped] = useState('');
  const [all, setAll] = useState(false);
  const chosen = draft.amenities;

  useEffect(() => {
    if (known.length === 0) void dispatch(fetchAmenities());
  }, [dispatch, known.length]);

  const offered = [...chosen, ...common.filter((name) => !chosen.includes(name))];
  const matching = offered.filter((name) => fold(name).includes(fold(typed)));
  const shown = all || typed ? matching : matching.slice(0, Math.max(SHOWN_FIRST, chosen.length));
  const toggle = (name: string) => change({ amenities: chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name] });

  const add = () => {
    const name = offered.find((each) => fold(each) === fold(typed)) ?? typed.trim();
    if (name && !chosen.includes(name)) change({ amenities: [...chosen, name] });
    setTyped('');
  };

  return (
    <FormSection title="Amenities" hint="Choose what your place has. You can add what is not in the list.">
      <div className="flex items-end gap-2">
        <Field
          label="Find or add an amenity"
          className="min-w-0 flex-1 sm:max-w-sm"
          autoComplete="off"
          maxLength={100}
          value={typed}
          errors={errors.amenities}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button tone="secondary" disabled={typed.trim() === ''} onClick={add}>
          Add
        </Button>
      </div>
      <ul aria-label="Amenities" className="flex flex-wrap gap-2">
        {shown.map((name) => (
          <li key={name}>
            <label className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-line bg-surface px-4 wrap-anywhere hover:bg-mist has-checked:border-pine-700 has-checked:bg-pine-50 has-checked:font-semibold has-focus-visible:outline-3 has-focus-visible:outline-pine-600">
              <input type="checkbox" className="size-4 accent-pine-700" checked={chosen.includes(name)} onChange={() => toggle(name)} />
              {humanise(name)}
            </label>
          </li>
        ))}
      </ul>
      {typed && matching.length === 0 && <p className="text-muted">Not in the list yet: “Add” puts it in.</p>}
      {!all && !typed && matching.length > shown.length && (
        <Button tone="quiet" onClick={() => setAll(true)}>
          Show all {matching.length}
        </Button>
      )}
      <p aria-live="polite" className="text-sm text-muted">
        {chosen.length} chosen
      </p>
    </FormSection>
  );
}
