import type { Booking } from '../../api/wire';
import { formatMoney } from '../../lib/money';

function sentence({ status, paid, refunded, payment_status }: Booking): string {
  if (payment_status === 'refunded') return 'Fully refunded.';
  if (status === 'pending') return 'Authorised. The card is charged when the host accepts.';
  if (status === 'confirmed' || status === 'completed') return paid === 0 ? 'The payment is being processed.' : refunded > 0 ? 'Partly refunded.' : 'Charged in full.';
  if (paid === 0) return 'Nothing was charged, and the authorisation is released.';
  return refunded > 0 ? 'The rest is kept under the cancellation policy.' : 'Any refund due is being processed.';
}

/** What was taken for a stay and what went back. */
export function PaymentFacts({ booking }: { booking: Booking }) {
  const { paid, refunded, total_price, currency, status } = booking;
  const facts = [
    status === 'pending' && (['Authorised', total_price] as const),
    paid > 0 && (['Paid', paid] as const),
    refunded > 0 && (['Refunded', refunded] as const),
  ].filter((fact) => fact !== false);
  return (
    <div className="space-y-2">
      {facts.length > 0 && (
        <dl aria-label="Payment" className="space-y-1">
          {facts.map(([name, amount]) => (
            <div key={name} className="flex justify-between gap-3">
              <dt className="text-muted">{name}</dt>
              <dd className="font-semibold tabular-nums">{formatMoney(amount, currency)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="text-sm text-muted">{sentence(booking)}</p>
    </div>
  );
}
