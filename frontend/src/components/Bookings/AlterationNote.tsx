import type { Booking } from '../../api/wire';
import { formatInstant, formatRange } from '../../lib/dates';
import { formatDifference, formatMoney } from '../../lib/money';
import { guests } from '../../lib/text';

interface Props {
  booking: Booking;
  forHost: boolean;
}

/** A change that waits for the host's word, beside the stay as it is. */
export function AlterationNote({ booking, forHost }: Props) {
  const { alteration, currency } = booking;
  if (!alteration) return null;
  const total = (
    <>
      {formatMoney(alteration.total_price, currency)} <span className="whitespace-nowrap">({formatDifference(alteration.difference, currency)})</span>
    </>
  );
  const rows = [
    ['Dates', formatRange(booking.check_in, booking.check_out), formatRange(alteration.check_in, alteration.check_out)],
    ['Guests', guests(booking.guest_count), guests(alteration.guest_count)],
    ['Price', formatMoney(booking.total_price, currency), total],
  ] as const;
  return (
    <section aria-label="A change is requested" className="space-y-2 rounded-xl border border-apricot-500 bg-apricot-100 p-4 text-apricot-800">
      <p className="font-semibold">{forHost ? `${booking.guest.first_name} would like to change this stay` : 'You asked the host for a change'}</p>
      <table aria-label="The change" className="w-full table-fixed rounded-xl bg-surface text-left text-sm text-ink">
        <thead>
          <tr className="[&>*]:p-2">
            <td />
            <th scope="col">Booked</th>
            <th scope="col">Requested</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, before, after]) => (
            <tr key={name} className="border-t border-line align-top wrap-anywhere [&>*]:p-2">
              <th scope="row" className="font-normal text-muted">
                {name}
              </th>
              <td>{before}</td>
              <td className={before === after ? '' : 'font-semibold'}>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-sm">
        {forHost ? 'The new nights are held until' : 'The new nights are held for you until'} {formatInstant(alteration.expires_at)}. Without an answer the stay remains as it is.
      </p>
    </section>
  );
}
