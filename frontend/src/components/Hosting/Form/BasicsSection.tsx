import { LONGEST_DESCRIPTION, LONGEST_TITLE } from '../../../lib/listingRules';
import { propertyTypes } from '../../../lib/propertyTypes';
import { Field } from '../../Common/Field';
import { bindText, type FormApi } from './formApi';
import { FormSection } from './FormSection';
import { LabelledField } from './LabelledField';

export function BasicsSection({ form }: { form: FormApi }) {
  const { errors, ...description } = bindText(form, 'description');
  const { errors: typeErrors, ...type } = bindText(form, 'property_type');
  return (
    <FormSection title="The place" hint="What travelers read first.">
      <Field label="Title" maxLength={LONGEST_TITLE} {...bindText(form, 'title')} />
      <LabelledField label="Description" hint="What makes it good to stay here, and what a guest should know before." errors={errors}>
        {(control) => <textarea rows={7} maxLength={LONGEST_DESCRIPTION} {...control} {...description} />}
      </LabelledField>
      <LabelledField label="Type of place" errors={typeErrors} className="sm:max-w-xs">
        {(control) => (
          <select {...control} {...type}>
            {Object.entries(propertyTypes).map(([code, name]) => (
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
