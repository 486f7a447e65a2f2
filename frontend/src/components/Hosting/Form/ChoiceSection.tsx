import type { PolicyName } from '../../../api/wire';
import { policyNames, policyTexts } from '../../../lib/policies';
import { bindText, type FormApi } from './formApi';
import { FormSection } from './FormSection';
import { LabelledField } from './LabelledField';

const choices = [
  { name: 'instant_book', label: 'Instant booking', text: 'A guest who pays is confirmed at once. Otherwise each request waits for your answer.' },
  { name: 'alteration_consent', label: 'Ask me before a stay is changed', text: 'Otherwise guests can move a confirmed stay to other free nights themselves.' },
] as const;

/** How bookings come about, are changed and are cancelled. */
export function ChoiceSection({ form }: { form: FormApi }) {
  const { draft, change } = form;
  const { errors, ...policy } = bindText(form, 'cancellation_policy');
  return (
    <FormSection title="Booking and cancelling" hint="A booking keeps the policy that it was made under.">
      {choices.map(({ name, label, text }) => (
        <label key={name} className="flex min-h-11 cursor-pointer items-start gap-3">
          <input type="checkbox" aria-label={label} className="mt-1 size-5 shrink-0 accent-pine-700" checked={draft[name]} onChange={(event) => change({ [name]: event.target.checked })} />
          <span>
            <span className="block font-semibold">{label}</span>
            <span className="block text-sm text-muted">{text}</span>
          </span>
        </label>
      ))}
      <LabelledField label="Cancellation policy" hint={policyTexts[draft.cancellation_policy]} errors={errors} className="sm:max-w-lg">
        {(control) => (
          <select {...control} {...policy} onChange={(event) => change({ cancellation_policy: event.target.value as PolicyName })}>
            {Object.entries(policyNames).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
    </FormSection>
  );
}
