import { Field } from '../../Common/Field';
import { bindText, type FormApi } from './formApi';
import { FormSection } from './FormSection';
import { LabelledField } from './LabelledField';

const currencies = ['AUD', 'CAD', 'CHF', 'CNY', 'DKK', 'EUR', 'GBP', 'HKD', 'MXN', 'NOK', 'NZD', 'SEK', 'SGD', 'THB', 'USD', 'ZAR'];
const names = new Intl.DisplayNames('en', { type: 'currency' });

export function PriceSection({ form }: { form: FormApi }) {
  const { errors, ...currency } = bindText(form, 'currency');
  const offered = currencies.includes(currency.value) ? currencies : [currency.value, ...currencies];
  return (
    <FormSection title="Price" hint="Bookings that stand keep the price they were made at.">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Price per night" inputMode="decimal" autoComplete="off" {...bindText(form, 'price_per_night')} />
        <Field label="Cleaning fee, once per stay" inputMode="decimal" autoComplete="off" {...bindText(form, 'cleaning_fee')} />
        <LabelledField label="Currency" errors={errors}>
          {(control) => (
            <select {...control} {...currency}>
              {offered.map((code) => (
                <option key={code} value={code}>
                  {code}, {names.of(code)}
                </option>
              ))}
            </select>
          )}
        </LabelledField>
      </div>
    </FormSection>
  );
}
