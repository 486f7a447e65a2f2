import type { BookingStatus, CancellationPreview } from '../../api/wire';
import { formatInstantIn } from '../../lib/dates';
import { formatMoney } from '../../lib/money';

interface Props {
  preview: CancellationPreview;
  status: BookingStatus;
  timeZone: string | undefined;
}

/** What a cancellation would give back right now, and why. */
export function RefundPreview({ preview, status, timeZone }: Props) {
  const { refund, non_refundable, paid, lines, currency, reason, deadline_next } = preview;
  if (status === 'pending') return <p>{reason} The authorisation is released.</p>;
  return (
    <div className="space-y-3">
      <p>{reason}</p>
      <table aria-label="Your refund" className="w-full">
        <tbody>
          {lines.map(({ code, label, amount }) => (
            <tr key={`${code}${label}`}>
              <th scope="row" className="py-1 pr-3 text-left font-normal text-muted">
                {label}
              </th>
              <td className="text-right whitespace-nowrap tabular-nums">{formatMoney(amount, currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line text-lg font-bold">
            <th scope="row" className="pt-2 text-left">
              You get back
            </th>
            <td className="pt-2 text-right whitespace-nowrap tabular-nums">{formatMoney(refund, currency)}</td>
          </tr>
          {non_refundable > 0 && (
            <tr className="text-muted">
              <th scope="row" className="text-left font-normal">
                Of {formatMoney(paid, currency)} paid, not returned
              </th>
              <td className="text-right whitespace-nowrap tabular-nums">{formatMoney(non_refundable, currency)}</td>
            </tr>
          )}
        </tfoot>
      </table>
      {deadline_next && <p className="text-sm text-muted">This is valid until {formatInstantIn(deadline_next, timeZone)}.</p>}
    </div>
  );
}
