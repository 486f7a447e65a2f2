import { useId, useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { Pace, Preferences, PropertyType } from '../../api/wire';
import { smallestAmount } from '../../lib/currencyDigits';
import { fieldErrors } from '../../lib/fieldErrors';
import { propertyTypes } from '../../lib/propertyTypes';
import { guests, humanise } from '../../lib/text';
import { currencies, interests, paces, toggled } from '../../lib/preferences';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { messageShown } from '../../store/slices/messageSlice';
import { savePreferences } from '../../store/slices/preferenceSlice';
import { selectSearch } from '../../store/slices/searchSlice';
import { Button } from '../Common/Button';
import { ChipGroup } from '../Common/ChipGroup';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';
import { Stepper } from '../Common/Stepper';
import { AmenityPicker } from '../Properties/AmenityPicker';
import { PlaceBox } from '../Properties/PlaceBox';

const MOST_GUESTS = 16;
const shown = ['home_city', 'max_price_per_night', 'currency', 'guests', 'interests', 'property_types', 'amenities', 'pace'];
const typeOptions = Object.entries(propertyTypes) as [PropertyType, string][];
const paceOptions = Object.entries(paces) as [Pace, string][];
const withKnown = (known: readonly string[], more: readonly string[]) => [...new Set([...known, ...more])];

function Complaint({ messages }: { messages?: string[] }) {
  if (!messages) return null;
  return <p className="mt-1 text-sm font-medium text-rose-600">{messages.join(' ')}</p>;
}

export function PreferenceForm({ preferences }: { preferences: Preferences }) {
  const dispatch = useAppDispatch();
  const currencyId = useId();
  const { places, amenities } = useAppSelector(selectSearch);
  const [draft, setDraft] = useState(preferences);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { fields, formError } = fieldErrors(problem, shown);
  const change = (patch: Partial<Preferences>) => setDraft((known) => ({ ...known, ...patch }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    const answer = await dispatch(savePreferences(draft));
    setSaving(false);
    if (!savePreferences.fulfilled.match(answer)) return setProblem(answer.payload ?? null);
    setProblem(null);
    dispatch(messageShown({ tone: 'success', text: 'Your preferences are saved.' }));
  };

  return (
    <form onSubmit={submit} aria-label="Preferences" className="card space-y-6 p-5 sm:p-6">
      {formError && <ErrorNote problem={formError} />}
      <PlaceBox
        label="Home city"
        placeholder="Where you live"
        places={places}
        value={draft.home_city}
        onChange={(home_city) => change({ home_city })}
        errors={fields.home_city}
      />
      <ChipGroup legend="Types of place" options={typeOptions} chosen={draft.property_types} onToggle={(type) => change({ property_types: toggled(draft.property_types, type) })} />
      <div className="grid grid-cols-2 gap-4">
        <Field
          label="Maximum per night"
          type="number"
          min={0}
          step={smallestAmount(draft.currency)}
          inputMode="decimal"
          placeholder="Any price"
          value={draft.max_price_per_night ?? ''}
          onChange={({ target }) => change({ max_price_per_night: target.value ? Number(target.value) : null })}
          errors={fields.max_price_per_night}
        />
        <div>
          <label htmlFor={currencyId} className="mb-1 block text-sm font-semibold">
            Currency
          </label>
          <select id={currencyId} className="input" value={draft.currency} onChange={(event) => change({ currency: event.target.value })}>
            {withKnown(currencies, [draft.currency]).map((code) => (
              <option key={code}>{code}</option>
            ))}
          </select>
          <Complaint messages={fields.currency} />
        </div>
      </div>
      <Stepper label="Guests" value={draft.guests} min={1} max={MOST_GUESTS} onChange={(count) => change({ guests: count })} describe={guests} />
      <ChipGroup
        legend="Interests"
        options={withKnown(interests, draft.interests).map((word) => [word, humanise(word)] as const)}
        chosen={draft.interests}
        onToggle={(word) => change({ interests: toggled(draft.interests, word) })}
      />
      <ChipGroup legend="Pace of a trip" name="pace" options={paceOptions} chosen={[draft.pace]} onToggle={(pace) => change({ pace })} />
      <fieldset>
        <legend className="mb-2 text-sm font-semibold">What a place should have</legend>
        <div className="max-h-72 overflow-y-auto rounded-xl border border-line p-2">
          <AmenityPicker known={amenities} chosen={draft.amenities} onChange={(chosen) => change({ amenities: chosen })} />
        </div>
        <Complaint messages={fields.amenities} />
      </fieldset>
      <div className="flex justify-end">
        <Button type="submit" busy={saving}>
          Save preferences
        </Button>
      </div>
    </form>
  );
}
