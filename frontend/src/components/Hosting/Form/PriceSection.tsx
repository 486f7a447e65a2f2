import { Field } from '../../Common/Field';
import { bindText, type FormApi } from './formApi';
import { FormSection } from './FormSection';
import { LabelledField } from './LabelledField';
import { SeasonsTable } from './SeasonsTable';

const currencies = 'AED AUD BHD BRL CAD CHF CLP CNY CZK DKK EUR GBP HKD HUF IDR INR ISK JOD JPY KRW KWD MXN MYR NOK NZD OMR PHP PLN SEK SGD THB TND TRY TWD USD VND ZAR'.split(
  ' ',
);
const names = new Intl.DisplayNames('en', { type: 'currency' });
const money = { inputMode: 'decimal', autoComplete: 'off' } as const;
const count = { inputMode: 'numeric', autoComplete: 'off' } as const;

export function PriceSection({ form }: { form: FormApi }) {
  const { errors, ...currency } = bindText(form, 'currency');
  const offered = currencies.includes(currency.value) ? currencies : [currency.value, ...currencies];
  return (
    <FormSection title="Price" hint="Existing bookings keep their price. A season’s price comes before the weekend price, and the weekend price before the regular one.">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Price per night" {...money} {...bindText(form, 'price_per_night')} />
        <Field label="Weekend price (optional)" hint="For the nights of Friday and Saturday." {...money} {...bindText(form, 'weekend_price')} />
        <Field label="Cleaning fee, once per stay" {...money} {...bindText(form, 'cleaning_fee')} />
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
        <Field label="Weekly discount, percent" hint="From 7 nights on." {...count} {...bindText(form, 'weekly_discount_percent')} />
        <Field label="Monthly discount, percent" hint="From 28 nights on, instead of the weekly one." {...count} {...bindText(form, 'monthly_discount_percent')} />
        <Field label="Tax per person and night" {...money} {...bindText(form, 'tax_per_person_night')} />
        <Field label="Maximum nights taxed (optional)" hint="Empty: all of them." {...count} {...bindText(form, 'tax_nights_cap')} />
      </div>
      <SeasonsTable form={form} />
    </FormSection>
  );
}
