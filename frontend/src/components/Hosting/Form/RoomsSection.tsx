import { MOST_GUESTS } from '../../../lib/listingRules';
import { bathrooms, bedrooms, beds, guests } from '../../../lib/text';
import { Stepper } from '../../Common/Stepper';
import type { FormApi } from './formApi';
import { FormSection } from './FormSection';

const MOST_ROOMS = 50;

const rooms = [
  { name: 'bedrooms', label: 'Bedrooms', step: 1, describe: bedrooms },
  { name: 'beds', label: 'Beds', step: 1, describe: beds },
  { name: 'bathrooms', label: 'Bathrooms', step: 0.5, describe: bathrooms },
] as const;

export function RoomsSection({ form: { draft, change, errors } }: { form: FormApi }) {
  return (
    <FormSection title="Room for" hint="How many can sleep here, and in what.">
      <div className="max-w-md divide-y divide-line">
        <Stepper label="Guests" value={draft.max_guests} min={1} max={MOST_GUESTS} onChange={(count) => change({ max_guests: count })} describe={guests} />
        {rooms.map(({ name, label, step, describe }) => (
          <Stepper
            key={name}
            label={label}
            value={draft[name] ?? 0}
            min={0}
            max={MOST_ROOMS}
            step={step}
            onChange={(count) => change({ [name]: count })}
            describe={(count) => (draft[name] === null ? 'Not specified' : describe(count))}
          />
        ))}
      </div>
      {[errors.max_guests, errors.bedrooms, errors.beds, errors.bathrooms].filter(Boolean).map((sentences) => (
        <p key={sentences?.join()} role="alert" className="text-sm font-medium text-rose-600">
          {sentences?.join(' ')}
        </p>
      ))}
    </FormSection>
  );
}
