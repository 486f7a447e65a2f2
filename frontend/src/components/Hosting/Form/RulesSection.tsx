import { optionalNames, optionalTexts } from '../../../lib/optionalTexts';
import { Field } from '../../Common/Field';
import { bindText, type FormApi } from './formApi';
import { FormSection } from './FormSection';
import { LabelledField } from './LabelledField';
import { WeekdayBoxes } from './WeekdayBoxes';

const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];

export function RulesSection({ form }: { form: FormApi }) {
  const { errors, ...zone } = bindText(form, 'time_zone');
  const offered = zones.includes(zone.value) ? zones : [zone.value, ...zones];
  return (
    <FormSection title="House rules" hint="Requests that break them are rejected.">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Minimum nights" type="number" min={1} {...bindText(form, 'min_nights')} />
        <Field label="Maximum nights" type="number" min={1} {...bindText(form, 'max_nights')} />
        <Field label="Check-in from" type="time" {...bindText(form, 'check_in_time')} />
        <Field label="Check-out until" type="time" {...bindText(form, 'check_out_time')} />
        {optionalNames.map((name) => (
          <Field key={name} {...optionalTexts[name]} {...bindText(form, name)} />
        ))}
        <Field label="Days of notice" hint="0: also for today." type="number" min={0} {...bindText(form, 'lead_days')} />
        <Field label="Maximum days ahead" hint="How far in the future a stay may begin." type="number" min={1} {...bindText(form, 'window_days')} />
        <Field label="Nights of preparation" hint="Kept empty after each stay." type="number" min={0} {...bindText(form, 'prep_nights')} />
      </div>
      <WeekdayBoxes legend="Check-in on" chosen={form.draft.check_in_days} errors={form.errors.check_in_days} onChange={(days) => form.change({ check_in_days: days })} />
      <WeekdayBoxes legend="Check-out on" chosen={form.draft.check_out_days} errors={form.errors.check_out_days} onChange={(days) => form.change({ check_out_days: days })} />
      <LabelledField label="Time zone" hint="Of the place itself: it decides when a day begins." errors={errors} className="sm:max-w-xs">
        {(control) => (
          <select {...control} {...zone}>
            {offered.map((name) => (
              <option key={name} value={name}>
                {name.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
    </FormSection>
  );
}
