import type { AlterationPreview, Alternative, Booking } from '../../api/wire';
import { formatMoney } from '../../lib/money';
import { Alternatives } from './Alternatives';
import { PriceLines } from './PriceLines';
import { TakenNights } from './TakenNights';

interface Props {
  booking: Booking;
  preview: AlterationPreview | null;
  loading: boolean;
  onChoose: (stay: Alternative) => void;
}

function difference({ difference: amount, currency }: AlterationPreview, confirmed: boolean): string {
  const sum = formatMoney(Math.abs(amount), currency);
  if (amount === 0) return 'The price stays the same.';
  if (!confirmed) return amount > 0 ? `${sum} more, which is authorised now and charged when the host accepts.` : `${sum} less.`;
  return amount > 0 ? `${sum} more to pay.` : `${sum} will be refunded to you.`;
}

/** What the other stay costs, beside what is booked. */
export function AlterationPrice({ booking, preview, loading, onChoose }: Props) {
  if (!preview)
    return (
      <div aria-live="polite" aria-busy={loading}>
        {loading ? <div className="skeleton h-28" /> : <p className="text-muted">Choose other dates or another number of guests to see what they cost.</p>}
      </div>
    );
  const { available, taken, alternatives, currency, lines, total_price, needs_consent } = preview;
  return (
    <div aria-live="polite" className="space-y-3">
      <PriceLines lines={lines} total={total_price} currency={currency} />
      {available ? (
        <p>
          <b>{difference(preview, booking.status === 'confirmed')}</b> {needs_consent && 'The host must agree first: until then your stay remains as it is, and the new nights are held for you.'}
        </p>
      ) : (
        <TakenNights nights={taken}>
          {alternatives.length > 0 && <Alternatives alternatives={alternatives} currency={currency} onChoose={onChoose} />}
        </TakenNights>
      )}
    </div>
  );
}
