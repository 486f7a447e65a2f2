import { useId } from 'react';
import type { PaymentPicker as Picker } from '../../hooks/usePaymentMethods';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';

function TestCards({ picker: { payment, method, choose } }: { picker: Picker }) {
  const name = useId();
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm text-muted">This is a test bank: no money moves. Each card shows what a real one may do.</legend>
      {payment?.methods.map(({ id, label, outcome }) => (
        <label key={id} htmlFor={`${name}${id}`} className="flex min-h-11 cursor-pointer items-start gap-3 rounded-xl border border-line bg-surface p-3 hover:bg-mist has-checked:border-pine-700 has-checked:bg-pine-50 has-focus-visible:outline-3 has-focus-visible:outline-pine-600">
          <input id={`${name}${id}`} type="radio" name={name} aria-label={label} aria-describedby={`${name}${id}-outcome`} checked={method === id} onChange={() => choose(id)} className="mt-1 size-4 shrink-0 accent-pine-700" />
          <span className="min-w-0">
            <span className="block font-semibold">{label}</span>
            <span id={`${name}${id}-outcome`} className="block text-sm text-muted">
              It {outcome}.
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** How a stay is paid for: the cards of the test bank, or a method that Stripe knows. */
export function PaymentPicker({ picker }: { picker: Picker }) {
  const { payment, paymentError, method, choose, reload } = picker;
  if (paymentError) return <ErrorNote problem={paymentError} onRetry={reload} />;
  if (!payment) return <div role="status" aria-label="Loading the ways to pay" className="skeleton h-40" />;
  if (payment.provider === 'stripe')
    return (
      <Field label="Payment method id at Stripe" hint="It begins with pm_. Cards are entered at Stripe, never here." autoComplete="off" maxLength={100} value={method} onChange={(event) => choose(event.target.value)} />
    );
  return <TestCards picker={picker} />;
}
