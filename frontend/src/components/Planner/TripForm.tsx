import { useId, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import type { Pace, Preferences } from '../../api/wire';
import { useTripForm, type TripDraft } from '../../hooks/useTripForm';
import { smallestAmount } from '../../lib/currencyDigits';
import { guests, humanise } from '../../lib/text';
import { currencies, interests, paces, toggled } from '../../lib/preferences';
import { useAppSelector } from '../../store/hooks';
import { selectPlaces } from '../../store/slices/searchSlice';
import { DatesField } from '../Calendar/DatesField';
import { Button } from '../Common/Button';
import { ChipGroup } from '../Common/ChipGroup';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';
import { Icon } from '../Common/Icon';
import { Stepper } from '../Common/Stepper';
import { PlaceBox } from '../Properties/PlaceBox';
import { PlanningNote } from './PlanningNote';

const LONGEST_TRIP = 14;
const MOST_GUESTS = 16;
const paceOptions = Object.entries(paces) as [Pace, string][];

const firstDraft = (likes: Preferences | null): TripDraft => ({
  destination: '',
  checkIn: null,
  checkOut: null,
  guests: likes?.guests ?? 2,
  budget: '',
  currency: likes?.currency ?? 'USD',
  interests: likes?.interests ?? [],
  pace: likes?.pace ?? 'balanced',
});

/** Starts from what the traveler likes. */
export function TripForm({ preferences }: { preferences: Preferences | null }) {
  const navigate = useNavigate();
  const currencyId = useId();
  const places = useAppSelector(selectPlaces);
  const { draft, change, send, planning, ready, fields, formError } = useTripForm(places, firstDraft(preferences), (id) => navigate(`/plan/${id}`));
  const known = [...new Set([...interests, ...draft.interests])];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  if (planning) return <PlanningNote destination={draft.destination} />;
  return (
    <form onSubmit={submit} aria-label="Plan a trip" className="card space-y-5 p-5 sm:p-6">
      {formError && <ErrorNote problem={formError} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <PlaceBox label="Destination" placeholder="Where to?" required places={places} value={draft.destination} onChange={(destination) => change({ destination })} errors={fields.destination} />
        <DatesField label="Dates" stay={draft} maxNights={LONGEST_TRIP} onChange={({ checkIn, checkOut }) => change({ checkIn, checkOut })} errors={fields.start_date ?? fields.end_date} />
      </div>
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <div className="grid grid-cols-[minmax(0,1fr)_6.5rem] items-end gap-3">
          <Field
            label="Budget (optional)"
            type="number"
            min={0}
            step={smallestAmount(draft.currency)}
            inputMode="decimal"
            placeholder="Any"
            value={draft.budget}
            onChange={(event) => change({ budget: event.target.value })}
            errors={fields.budget ?? fields.currency}
          />
          <div>
            <label htmlFor={currencyId} className="mb-1 block text-sm font-semibold">
              Currency
            </label>
            <select id={currencyId} className="input" value={draft.currency} onChange={(event) => change({ currency: event.target.value })}>
              {[...new Set([...currencies, draft.currency])].map((code) => (
                <option key={code}>{code}</option>
              ))}
            </select>
          </div>
        </div>
        <Stepper label="Guests" value={draft.guests} min={1} max={MOST_GUESTS} onChange={(count) => change({ guests: count })} describe={guests} />
      </div>
      <ChipGroup
        legend="Interests"
        options={known.map((word) => [word, humanise(word)] as const)}
        chosen={draft.interests}
        onToggle={(word) => change({ interests: toggled(draft.interests, word) })}
      />
      <ChipGroup legend="Pace" name="pace" options={paceOptions} chosen={[draft.pace]} onToggle={(pace) => change({ pace })} />
      <Button type="submit" disabled={!ready} className="w-full sm:w-auto">
        <Icon name="sparkle" /> Plan the trip
      </Button>
    </form>
  );
}
